import Link from 'next/link'
import { useEvery } from '@/components/live'
import { OperationLine } from '@/components/operation/operation-line'
import { keyOf, useLatest } from '@/components/operation/use-operation'
import { useLanguage } from '@/components/shell/language-context'
import type { RouteAddress } from '@/components/start/start-address'
import { Strip } from '@/components/ui/strip'

type Props = { cluster: string; route: RouteAddress; name: string }

/** What is known of this route besides: a start that somebody else has begun, and what an earlier one has left. */
export function OtherWork({ cluster, route, name }: Props) {
  const { say } = useLanguage()
  const { namespace, ingress, host, path } = route
  const halves = [...(useEvery('half-started')?.values() ?? [])].filter(
    ({ id, route: at }) =>
      id.cluster === cluster &&
      id.namespace === namespace &&
      at?.ingress === ingress &&
      at.host === host &&
      at.path === path,
  )
  const latest = useLatest()
  const names = new Set([name, ...halves.map(half => half.id.name)])
  const running = [...names]
    .map(each => latest.get(keyOf({ cluster, namespace, name: each })))
    .filter(work => work?.state === 'running')
  const left = halves.filter(half => !running.some(work => work?.id.name === half.id.name))
  if (running.length + left.length === 0) return null
  return (
    <div className="grid gap-2 border-t border-line py-3">
      {running.map(
        work =>
          work && (
            <Strip key={work.operation} tone="warn">
              <OperationLine isBare operation={work} route={route} />
            </Strip>
          ),
      )}
      {left.map(({ id }) => (
        <Strip key={id.name} tone="warn">
          {say.start.route.half(id.name)}{' '}
          <Link className="link" href="/">
            {say.start.route.toBoard}
          </Link>
        </Strip>
      ))}
    </div>
  )
}
