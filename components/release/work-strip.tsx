import { OperationLine } from '@/components/operation/operation-line'
import { Strip } from '@/components/ui/strip'
import type { Operation } from '@/lib/domain/model/operation'
import type { Release } from '@/lib/domain/model/release'

/** That work on this release is going on, or stopped, in one line at the top of its page; nothing otherwise. */
export function WorkStrip({ work, release }: { work: Operation | undefined; release: Release }) {
  if (!work || work.state === 'done') return null
  const [route = null] = release.routes
  return (
    <div className="mt-3">
      <Strip tone={work.state === 'failed' ? 'bad' : 'note'}>
        <OperationLine isBare operation={work} route={route} />
      </Strip>
    </div>
  )
}
