'use client'
import { memo, useMemo, useState } from 'react'
import { ChangeCell } from '@/components/board/change-cell'
import { FindingList, FindingsCell } from '@/components/board/findings-cell'
import { PodsCell } from '@/components/board/pods-cell'
import { RouteCell } from '@/components/board/route-cell'
import { RulesCell } from '@/components/board/rules-cell'
import type { Sight } from '@/components/board/use-listed'
import { VerdictCell } from '@/components/board/verdict-cell'
import { WeightCell } from '@/components/board/weight-cell'
import { useLiveValue } from '@/components/live'
import { OperationLine } from '@/components/operation/operation-line'
import { claimsOf } from '@/lib/domain/claims'
import type { Operation } from '@/lib/domain/model/operation'
import type { BoardRelease } from '@/lib/domain/model/release'

/** Columns of the board from 1200 px; the heads share them. */
export const ROW_GRID =
  'xl:grid-cols-[minmax(0,2fr)_minmax(0,1.3fr)_248px_minmax(0,1.4fr)_minmax(0,1.7fr)_minmax(0,1.4fr)_72px]'

const ROW = `relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 border-t border-line py-3 hover:bg-sunk md:grid-cols-[minmax(0,1fr)_240px_minmax(0,1.1fr)_56px] [contain-intrinsic-size:auto_190px] [content-visibility:auto] md:[contain-intrinsic-size:auto_67px] ${ROW_GRID}`

type Props = {
  rowKey: string
  sight: Sight
  /** More than one cluster is shown, so that the row has to name its own. */
  several: boolean
  /** The latest work on it. */
  work: Operation | undefined
}

/** One release on the board. It follows its own live value and flashes once when what it shows has changed. */
export const ReleaseRow = memo(function ReleaseRow({ rowKey, ...rest }: Props) {
  const release = useLiveValue(`board/${rowKey.slice('board/'.length)}`)
  return release ? <Row release={release} {...rest} /> : null
})

function Row({ release, sight, several, work }: Omit<Props, 'rowKey'> & { release: BoardRelease }) {
  const [open, setOpen] = useState(false)
  const flashes = useChanges(release)
  const claims = useMemo(
    () => claimsOf({ release, ...sight, work: work?.state, samples: null }),
    [release, sight, work?.state],
  )
  return (
    <li className={sight.connection === 'live' ? ROW : `${ROW} text-ink-soft`}>
      {flashes > 0 && (
        <span key={flashes} aria-hidden="true" className="flash pointer-events-none absolute inset-0 -z-1" />
      )}
      <RouteCell release={release} several={several} />
      <PodsCell release={release} unread={claims.unread} />
      <WeightCell release={release} />
      <RulesCell rules={release.rules} />
      <VerdictCell release={release} claims={claims} />
      <ChangeCell release={release} />
      <FindingsCell findings={release.findings} open={open} onToggle={() => setOpen(!open)} />
      {work && work.state !== 'done' && (
        <div className="col-span-full mt-1">
          <OperationLine operation={work} />
        </div>
      )}
      {open && <FindingList findings={release.findings} onClose={() => setOpen(false)} />}
    </li>
  )
}

/** What a reader would see change; a new resourceVersion alone is not that. */
const signOf = ({ weight, weightTotal, rules, state, stable, canary, findings, observed }: BoardRelease) =>
  JSON.stringify([
    [weight, weightTotal, rules, state, findings.length, observed?.verdict],
    [stable, canary].map(({ service, deployments, endpoints }) => [
      service,
      endpoints.ready,
      deployments.map(({ image, replicas, ready }) => [image, replicas, ready]),
    ]),
  ])

/** How often the row has changed since it was first drawn. */
function useChanges(release: BoardRelease): number {
  const sign = signOf(release)
  const [seen, setSeen] = useState({ sign, times: 0 })
  if (seen.sign === sign) return seen.times
  const next = { sign, times: seen.times + 1 }
  setSeen(next)
  return next.times
}
