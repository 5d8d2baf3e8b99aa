import { readOperation } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: readOperation(({ runtime, cluster, operation }) => runtime.operations.find(cluster.name, operation)),
})
