import { fail, ok } from '@/lib/domain/problem'
import { readRelease } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: readRelease(({ runtime, cluster, id }) => {
    const release = cluster.get(id)
    if (!release.ok) return release
    const samples = runtime.samplers.read(id)
    return samples ? ok(samples) : fail('not-found', `There is no release ${id.namespace}/${id.name}`)
  }),
})
