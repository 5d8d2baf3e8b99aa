import { type Failure, fail, ok, type Result } from '@/lib/domain/problem'
import { fieldsOf, itemsOf, textOf, wholeOf } from '@/lib/domain/raw'
import type { RulesInput } from '@/lib/domain/rule-check'
import type { Change } from '@/lib/domain/start/change'
import { differences, envProblem } from '@/lib/domain/start/env'
import { imageProblem } from '@/lib/domain/start/image'
import { nameOf, podSpecOf, specOf } from '@/lib/domain/start/parts'

/**
 * What somebody chose for a new version. What is left out is taken from the stable version; names from the next that are free.
 * `env`: variables that differ; null takes one away.
 */
export type StartChoice = {
  namespace: string
  ingress: string
  host: string
  path: string
  pathType?: 'Exact' | 'Prefix' | 'ImplementationSpecific' | undefined
  deployment?: string | undefined
  container?: string | undefined
  suffix?: string | undefined
  name?: string | undefined
  image: string
  replicas?: number | undefined
  env?: Record<string, string | null> | undefined
  rules?: RulesInput | undefined
  weight?: number | undefined
}

/** What a new version changes of the stable Deployment. */
export type Changes = Change & { replicas: number }

const MOST_REPLICAS = 1000

/**
 * The one of several that a choice names; the only one where it names none.
 * Errors: `code` where none is named and there are several; `invalid-input` where there is none of that name.
 */
function chosen(
  raws: readonly { name: string; raw: unknown }[],
  name: string | undefined,
  {
    field,
    code,
  }: { field: 'deployment' | 'container'; code: 'ambiguous-deployment' | 'ambiguous-container' },
): Result<unknown> {
  const names = raws.map(each => each.name).join(', ')
  const params = { [`${field}s`]: names }
  const [only, ...others] = raws
  const found = name === undefined ? only : raws.find(each => each.name === name)
  if (name === undefined && others.length > 0) {
    return fail(code, `There are several ${field}s: choose one of ${names}`, { field, params })
  }
  if (found) return ok(found.raw)
  const title = `There is no ${field} ${name ?? ''} here: choose one of ${names}`
  return fail('invalid-input', title, { field, params: { rule: 'unknown', ...params } })
}

/** The Deployment to copy. Errors: `ambiguous-deployment`, `invalid-input` with the field `deployment`. */
export const chosenDeployment = (
  deployments: readonly unknown[],
  { deployment }: Pick<StartChoice, 'deployment'>,
): Result<unknown> =>
  chosen(
    deployments.map(raw => ({ name: nameOf(raw), raw })),
    deployment,
    { field: 'deployment', code: 'ambiguous-deployment' },
  )

function replicasProblem(replicas: number | undefined): Failure | null {
  if (replicas === undefined || (Number.isInteger(replicas) && replicas >= 1 && replicas <= MOST_REPLICAS)) {
    return null
  }
  const title = `The new version needs 1 to ${MOST_REPLICAS} pods`
  return fail('invalid-input', title, { field: 'replicas', params: { rule: 'range', max: MOST_REPLICAS } })
}

/**
 * What a choice changes of this Deployment; variables that are the same already are no change.
 *
 * Errors: `ambiguous-container`, `invalid-input` with the fields `container`, `image`, `replicas`, `env`.
 * Units: as many pods as the stable Deployment wants where none are chosen, at least 1.
 */
export function changesOf(deployment: unknown, choice: StartChoice): Result<Changes> {
  const { image, env = {}, replicas } = choice
  const problem = imageProblem(image) ?? replicasProblem(replicas) ?? envProblem(env)
  if (problem) return problem
  const containers = itemsOf(podSpecOf(deployment).containers)
  const container = chosen(
    containers.map(raw => ({ name: textOf(fieldsOf(raw).name), raw })),
    choice.container,
    { field: 'container', code: 'ambiguous-container' },
  )
  if (!container.ok) return container
  return ok({
    deployment: nameOf(deployment),
    container: textOf(fieldsOf(container.value).name),
    image,
    env: differences(container.value, env),
    replicas: replicas ?? Math.max(1, wholeOf(specOf(deployment).replicas, 1)),
  })
}
