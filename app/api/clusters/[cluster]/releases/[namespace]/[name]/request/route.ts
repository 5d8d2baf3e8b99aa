import { SendRequest } from '@/lib/contract'
import { askRelease } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: askRelease(SendRequest, ({ runtime, cluster, id, body }) => {
    const release = cluster.get(id)
    return release.ok ? runtime.samplers.ask(id, body) : release
  }),
})
