import { StartRelease } from '@/lib/contract'
import { fail, ok } from '@/lib/domain/problem'
import { changeCluster, readCluster } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'
import { reviewStart } from '@/lib/server/start/review'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: readCluster(({ cluster }) => ok(cluster.releases())),
  POST: changeCluster(StartRelease, ({ cluster, body }) =>
    body.dryRun
      ? reviewStart(cluster, body)
      : fail('invalid-input', 'Halftone only reviews starts so far', { field: 'dryRun' }),
  ),
})
