import { AskDecision } from '@/lib/contract'
import { askCluster } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: askCluster(AskDecision, ({ cluster, body }) => cluster.decide(body)),
})
