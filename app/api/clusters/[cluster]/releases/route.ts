import { ok } from '@/lib/domain/problem'
import { readCluster } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: readCluster(({ cluster }) => ok(cluster.releases())),
})
