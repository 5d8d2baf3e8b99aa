import type { Release } from '@/lib/domain/model/release'
import type { Deployment } from '@/lib/domain/model/workload'
import { notACanary, ownedElsewhere } from '@/lib/domain/patch'
import { type Failure, fail, ok, type Result } from '@/lib/domain/problem'
import { fieldsOf, textOf } from '@/lib/domain/raw'
import { changeText, parseChange } from '@/lib/domain/start/change'
import { imageProblem } from '@/lib/domain/start/image'
import { startAnnotation } from '@/lib/domain/start/mark'

/** Where a fixed build goes. */
export type ImagePlace = { deployment: string; container: string }

/** A patch of a Deployment that is merged by the names of its containers. */
export type ImagePatch = {
  metadata: { uid: string; resourceVersion: string; annotations?: Readonly<Record<string, string>> }
  spec: { template: { spec: { containers: readonly { name: string; image: string }[] } } }
}

type Steered = Pick<Release, 'id' | 'stable' | 'canary' | 'owner' | 'findings' | 'routes'>

/**
 * The one Deployment and container of a canary that a fixed build goes into.
 *
 * Errors: `owned-elsewhere`, `not-a-canary`, `invalid-input`, `not-found`, `ambiguous-deployment`, `ambiguous-container`;
 * `selector-overlap` where the same pods are the stable version's: it would get the build as well.
 */
export function imagePlace(
  release: Steered,
  deployments: readonly Deployment[],
  { image, container }: { image: string; container?: string | undefined },
): Result<ImagePlace> {
  const refused = ownedElsewhere(release) ?? notACanary(release) ?? imageProblem(image)
  if (refused) return refused
  const [first, ...others] = release.canary.deployments
  if (!first) return fail('not-found', `No Deployment is behind Service ${release.canary.service}`)
  const names = release.canary.deployments.map(({ name }) => name).join(', ')
  if (others.length > 0) {
    const title = `Several Deployments are behind Service ${release.canary.service}: ${names}`
    return fail('ambiguous-deployment', title, { params: { deployments: names } })
  }
  const shared = sharedWithStable(release, first.name)
  if (shared) return shared
  const found = deployments.find(({ name }) => name === first.name)
  const chosen = containerOf(found?.containers ?? [], container)
  return chosen.ok ? ok({ deployment: first.name, container: chosen.value }) : chosen
}

function sharedWithStable({ id, stable, routes }: Steered, name: string): Failure | null {
  const isNear = routes.some(({ namespace }) => namespace === id.namespace)
  if (!isNear || !stable.deployments.some(each => each.name === name)) return null
  const title = `The stable Service ${stable.service} selects the pods of ${name} as well: it would get the new build too`
  return fail('selector-overlap', title, {
    params: { kind: 'Service', name: stable.service, selector: name },
  })
}

function containerOf(containers: readonly { name: string }[], wanted: string | undefined): Result<string> {
  const names = containers.map(({ name }) => name)
  const params = { containers: names.join(', ') }
  if (wanted !== undefined) {
    if (names.includes(wanted)) return ok(wanted)
    const title = `There is no container ${wanted} here: choose one of ${params.containers}`
    return fail('invalid-input', title, { field: 'container', params: { rule: 'unknown', ...params } })
  }
  const [only, ...others] = names
  if (only !== undefined && others.length === 0) return ok(only)
  const title = `There are several containers: choose one of ${params.containers}`
  return fail('ambiguous-container', title, { field: 'container', params })
}

/**
 * Puts an image into a Deployment as it was read just now. What the clone changed is kept up to date, because promote applies it.
 * Errors: `invalid-input` for another container than the one that the start has changed.
 */
export function imagePatch(deployment: unknown, container: string, image: string): Result<ImagePatch> {
  const metadata = fieldsOf(fieldsOf(deployment).metadata)
  const change = parseChange(fieldsOf(metadata.annotations)[startAnnotation.change])
  if (change && change.container !== container) {
    const title = `This release changes the container ${change.container}; promote could not apply a change of ${container} too`
    const params = { rule: 'unknown', containers: change.container }
    return fail('invalid-input', title, { field: 'container', params })
  }
  return ok({
    metadata: {
      uid: textOf(metadata.uid),
      resourceVersion: textOf(metadata.resourceVersion),
      ...(change && { annotations: { [startAnnotation.change]: changeText({ ...change, image }) } }),
    },
    spec: { template: { spec: { containers: [{ name: container, image }] } } },
  })
}
