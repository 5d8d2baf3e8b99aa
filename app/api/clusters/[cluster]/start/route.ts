import { readCluster } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'
import { offerStart } from '@/lib/server/start/offer'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: readCluster(({ cluster, request }) => offerStart(cluster, new URL(request.url).searchParams)),
})
