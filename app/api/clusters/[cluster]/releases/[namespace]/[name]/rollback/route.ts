import { RollBack } from '@/lib/contract'
import type { Release } from '@/lib/domain/model/release'
import { rollbackPatch } from '@/lib/domain/rollback'
import { changeRelease } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: changeRelease(RollBack, async ({ cluster, id, body }) => {
    const release = cluster.get(id)
    if (!release.ok) return release
    const decideAgain = (current: Release) => rollbackPatch(current, body)
    const patch = decideAgain(release.value)
    if (!patch.ok) return patch
    return cluster.patch(id, { patch: patch.value, decideAgain })
  }),
})
