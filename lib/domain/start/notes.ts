import { findingFrom } from '@/lib/domain/finding'
import type { FindingText } from '@/lib/domain/lint/texts'
import type { Finding } from '@/lib/domain/model/release'
import type { Manifest, StartDraft, StartSources } from '@/lib/domain/model/start'
import type { Params } from '@/lib/domain/problem'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import { nameOf, podLabelsOf, podSpecOf, scales, specOf } from '@/lib/domain/start/parts'
import { parseLabelSelector, selects } from '@/lib/domain/start/selector'

/** What only a start has to say, in English; the UI has the same ids in the reader's language. All of it is ours. */
const NOTES = {
  S01: {
    severity: 'warning',
    title: 'The autoscaler {autoscaler} is not copied',
    why: '{deployment} grows with its load; {clone} keeps the {replicas} pods it is started with, whatever share it gets.',
    fix: 'Choose as many pods as the largest share needs that you will give before promoting.',
  },
  S02: {
    severity: 'info',
    title: 'The disruption budget {budget} is not copied',
    why: 'It keeps pods of {deployment} running while nodes are emptied; those of {clone} may all be taken away at once.',
    fix: 'Create a budget that selects the labels of {clone}, if the release is to last.',
  },
  S03: {
    severity: 'warning',
    title: 'No container of {clone} has a readiness probe',
    why: 'A pod counts as ready the moment it starts, so requests reach it before it can answer.',
    fix: 'Add a readinessProbe to {deployment} first: the copy has what it has.',
  },
  S04: {
    severity: 'warning',
    title: 'Pods of {clone} stop at once',
    why: 'The gateway learns seconds late that a pod has gone, so requests fail whenever one ends.',
    fix: 'Add a preStop sleep of 10 seconds to {deployment} first: the copy has what it has.',
  },
  S05: {
    severity: 'warning',
    title: 'Both versions would use the volume {claim}',
    why: 'The copy mounts the same PersistentVolumeClaim: it may wait for the volume for ever, or write over what {deployment} keeps there.',
    fix: 'Make sure that both versions may use {claim} side by side.',
  },
} as const satisfies Record<string, FindingText>

export type NoteId = keyof typeof NOTES

const isNote = (id: string): id is NoteId => Object.hasOwn(NOTES, id)

/** The ids of all notes that can be made. */
export const noteIds: readonly NoteId[] = Object.keys(NOTES).filter(isNote)

/** A note of a start with its English texts. */
export const noteOf = (id: NoteId, where: string, params: Params): Finding =>
  findingFrom(id, NOTES[id], { where, params })

function protecting({ budgets }: StartSources, stable: unknown): string | undefined {
  const found = budgets.find(raw => selects(parseLabelSelector(specOf(raw).selector), podLabelsOf(stable)))
  return found === undefined ? undefined : nameOf(found)
}

const claimsOf = (deployment: Manifest): string[] =>
  itemsOf(podSpecOf(deployment).volumes)
    .map(volume => textOf(fieldsOf(fieldsOf(volume).persistentVolumeClaim).claimName))
    .filter(Boolean)

/** What is to be known before this draft is made, besides what the linter says of the release that comes of it. */
export function notesOf({ objects, stable }: StartDraft, sources: StartSources): Finding[] {
  const [clone] = objects
  const [original] = stable
  const object = `${clone.metadata.namespace}/${clone.metadata.name}`
  const params = {
    deployment: original.metadata.name,
    clone: clone.metadata.name,
    replicas: Number(specOf(clone).replicas),
  }
  const containers = itemsOf(podSpecOf(clone).containers).map(fieldsOf)
  const autoscaler = sources.autoscalers.find(raw => scales(raw, original.metadata.name))
  const budget = protecting(sources, original)
  const pod = `${object} spec.template.spec`
  const isProbed = containers.some(({ readinessProbe }) => readinessProbe !== undefined)
  const waits = containers.some(({ lifecycle }) => fieldsOf(lifecycle).preStop !== undefined)
  return [
    ...(autoscaler === undefined
      ? []
      : [noteOf('S01', `${object} spec.replicas`, { ...params, autoscaler: nameOf(autoscaler) })]),
    ...(isProbed ? [] : [noteOf('S03', `${pod}.containers`, params)]),
    ...(waits ? [] : [noteOf('S04', `${pod}.containers`, params)]),
    ...claimsOf(clone).map(claim => noteOf('S05', `${pod}.volumes`, { ...params, claim })),
    ...(budget === undefined
      ? []
      : [noteOf('S02', `${object} spec.template.metadata.labels`, { ...params, budget })]),
  ]
}
