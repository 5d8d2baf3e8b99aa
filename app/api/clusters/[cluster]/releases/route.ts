import { StartRelease } from '@/lib/contract'
import { ok } from '@/lib/domain/problem'
import { changeCluster, readCluster } from '@/lib/server/handle'
import { acceptedResponse } from '@/lib/server/http'
import { methods } from '@/lib/server/methods'
import { settingOf } from '@/lib/server/operation/setting'
import { startRelease } from '@/lib/server/operation/start'
import { reviewStart } from '@/lib/server/start/review'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: readCluster(({ cluster }) => ok(cluster.releases())),
  POST: changeCluster(StartRelease, async ({ runtime, cluster, body }) =>
    body.dryRun
      ? reviewStart(cluster, body)
      : acceptedResponse(await startRelease(settingOf(runtime, cluster), runtime.operations, body)),
  ),
})
