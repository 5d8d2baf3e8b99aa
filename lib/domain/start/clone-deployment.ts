import type { Manifest } from '@/lib/domain/model/start'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import { cleanMetadata, withoutTraces } from '@/lib/domain/start/clean'
import { changedEnv, type EnvChanges } from '@/lib/domain/start/env'
import { withOwnNeighbours } from '@/lib/domain/start/neighbours'
import { metadataOf, podLabelsOf, podSpecOf, specOf, templateOf } from '@/lib/domain/start/parts'
import type { Relabelling } from '@/lib/domain/start/relabel'

type Texts = Readonly<Record<string, string>>
type Fields = Readonly<Record<string, unknown>>

/** What a clone is called, and the labels and annotations that mark it as ours. */
export type Clone = { name: string; labels: Texts; annotations?: Texts; relabelling: Relabelling }

/** Labels of the object itself that repeat what its pods are selected by. */
function ownLabels(raw: unknown, { before, after }: Relabelling): Texts {
  const labels = withoutTraces(metadataOf(raw).labels)
  return Object.fromEntries(
    Object.entries(after).filter(([key]) => Object.hasOwn(labels, key) && labels[key] === before[key]),
  )
}

/** The metadata of a clone: its own name, our marks, and labels that repeat what its pods are selected by. */
export const cloneMetadata = (raw: unknown, { name, labels, annotations = {}, relabelling }: Clone) =>
  cleanMetadata(raw, { name, labels: { ...ownLabels(raw, relabelling), ...labels }, annotations })

function cleanTemplate(deployment: unknown, labels: Texts): Fields {
  const template = templateOf(deployment)
  const annotations = withoutTraces(metadataOf(template).annotations)
  const metadata = { labels, ...(Object.keys(annotations).length > 0 && { annotations }) }
  return { ...template, metadata }
}

/** A Deployment without what the cluster and deploy tools have added: what a clone is compared with. */
export function cleanDeployment(raw: unknown, keptLabels: readonly string[]): Manifest {
  const labels = withoutTraces(podLabelsOf(raw), keptLabels)
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: cleanMetadata(raw),
    spec: { ...specOf(raw), template: cleanTemplate(raw, labels) },
  }
}

/** What a new version changes in one container. */
export type ContainerChange = { container: string; image: string; env: EnvChanges }

function changedContainer(raw: unknown, { container, image, env }: ContainerChange): unknown {
  const fields = fieldsOf(raw)
  if (textOf(fields.name) !== container) return raw
  const variables = changedEnv(fields.env, env)
  const { env: _env, ...others } = fields
  return { ...others, image, ...(variables.length > 0 && { env: variables }) }
}

/** The Deployment of the new version: the stable one with other labels, one container changed, and not paused. */
export function cloneDeployment(
  raw: unknown,
  clone: Clone,
  change: ContainerChange & { replicas: number },
): Manifest {
  const { paused: _paused, ...spec } = specOf(raw)
  const podSpec = withOwnNeighbours(podSpecOf(raw), podLabelsOf(raw), clone.relabelling)
  const containers = itemsOf(podSpec.containers).map(each => changedContainer(each, change))
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: cloneMetadata(raw, clone),
    spec: {
      ...spec,
      replicas: change.replicas,
      selector: { matchLabels: clone.relabelling.deployment },
      template: { ...cleanTemplate(raw, clone.relabelling.pod), spec: { ...podSpec, containers } },
    },
  }
}
