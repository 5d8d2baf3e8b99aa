import useSWR from 'swr'
import { send } from '@/lib/client'
import type { ProblemBody } from '@/lib/contract'
import type { Status } from '@/lib/domain/model/status'

/** Units: milliseconds. */
const EVERY_MS = 5_000

async function read(url: string): Promise<Status> {
  const reply = await send<Status>('GET', url)
  if (reply.ok) return reply.value
  throw reply.problem
}

/** The status, read anew every 5 s, also after a failure; then the last one stays beside the problem. */
export function useStatus(): { status: Status | undefined; problem: ProblemBody | undefined } {
  const { data, error } = useSWR<Status, ProblemBody>('/api/status', read, {
    refreshInterval: EVERY_MS,
    onErrorRetry: (_problem, _key, _config, again, { retryCount }) => {
      setTimeout(() => void again({ retryCount }), EVERY_MS)
    },
  })
  return { status: data, problem: error }
}
