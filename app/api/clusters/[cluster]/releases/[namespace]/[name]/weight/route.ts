import { SetWeight } from '@/lib/contract'
import type { Release } from '@/lib/domain/model/release'
import { weightPatch } from '@/lib/domain/weight'
import { changeRelease } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: changeRelease(SetWeight, async ({ cluster, id, body }) => {
    const release = cluster.get(id)
    if (!release.ok) return release
    const decideAgain = (current: Release) => weightPatch(current, body)
    const patch = decideAgain(release.value)
    if (!patch.ok) return patch
    return cluster.patch(id, { patch: patch.value, resourceVersion: body.resourceVersion, decideAgain })
  }),
})
