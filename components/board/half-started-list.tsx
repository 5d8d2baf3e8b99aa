'use client'
import { useMemo, useState } from 'react'
import { PodDots } from '@/components/board/pod-dots'
import { useEvery } from '@/components/live'
import { OperationLine } from '@/components/operation/operation-line'
import { Resume } from '@/components/operation/resume'
import { objectsText } from '@/components/operation/use-made'
import { keyOf } from '@/components/operation/use-operation'
import { useWritingOff } from '@/components/operation/use-writing-off'
import { Age } from '@/components/shell/ago'
import { Around } from '@/components/shell/around'
import { useLanguage } from '@/components/shell/language-context'
import { Section } from '@/components/ui/section'
import type { Operation } from '@/lib/domain/model/operation'
import type { HalfStarted } from '@/lib/domain/model/start'

/** Starts that have not come to their end: nothing half made stays unseen. Each can be gone on with, or taken away. */
export function HalfStartedList({ latest }: { latest: ReadonlyMap<string, Operation> }) {
  const { say } = useLanguage()
  const all = useEvery('half-started')
  const rows = useMemo(() => [...(all ?? [])].sort(([, a], [, b]) => (a.since > b.since ? -1 : 1)), [all])
  if (rows.length === 0) return null
  const words = say.operation.half
  return (
    <div className="mt-4">
      <Section bare title={words.heading} fact={words.fact(rows.length)}>
        <ul className="border-b border-line">
          {rows.map(([key, half]) => (
            <Row key={key} half={half} work={latest.get(keyOf(half.id))} />
          ))}
        </ul>
      </Section>
    </div>
  )
}

function Row({ half, work }: { half: HalfStarted; work: Operation | undefined }) {
  const { say, format } = useLanguage()
  const words = say.operation.half
  const { id, route, objects, pods, since, isRunning } = half
  const off = useWritingOff(id.cluster)
  /** Work that was begun here and that no frame has told of yet. */
  const [begun, setBegun] = useState<string>()
  const isAtWork =
    isRunning || work?.state === 'running' || (begun !== undefined && work?.operation !== begun)
  const isStarting = work?.kind === 'start' && work.state === 'running'
  const place = [route ? route.host || say.shared.anyHost : words.noRoute, id.namespace, id.cluster]
  return (
    <li className="grid gap-x-6 gap-y-2 border-t border-line py-3 md:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_minmax(0,3fr)]">
      <div className="min-w-0">
        <h3 className="truncate font-mono text-lg tracking-[-.03em]" title={id.name}>
          {route ? `${route.path || '/'}` : id.name}
        </h3>
        <p className="text-xs/[18px] text-ink-soft">{place.join(' · ')}</p>
      </div>
      <div className="min-w-0">
        {pods.replicas > 0 && (
          <p className="flex flex-wrap items-center gap-x-2">
            <PodDots kind="canary" ready={pods.ready} all={pods.replicas} />
            <span className="text-sm">
              {words.pods(format.number(pods.ready), format.number(pods.replicas))}
            </span>
          </p>
        )}
        <p className="text-xs/[18px] break-words text-ink-soft">
          {objectsText(objects, format.list)} · <Around text={words.age} slot={<Age at={since} />} />
        </p>
        <p className="text-xs/[18px] text-ink-soft">{words.unsent}</p>
      </div>
      <div className="grid min-w-0 content-start gap-2">
        {work && (work.state === 'failed' || isAtWork) && <OperationLine operation={work} route={route} />}
        {isAtWork && !work && <p className="text-sm text-spot">{say.operation.state.running}</p>}
        {(!isAtWork || isStarting) && (
          <Resume
            id={id}
            objects={objectsText(objects, format.list)}
            goOn={isAtWork ? undefined : say.operation.proceed}
            off={off}
            onAccepted={setBegun}
          />
        )}
      </div>
    </li>
  )
}
