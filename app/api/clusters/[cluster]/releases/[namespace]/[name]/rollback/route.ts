import { RollBack } from '@/lib/contract'
import { rollbackPatch } from '@/lib/domain/rollback'
import { editRelease } from '@/lib/server/edit'
import { changeRelease } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: changeRelease(RollBack, ({ cluster, id, body }) =>
    editRelease({ cluster, id, decide: ({ release }) => rollbackPatch(release, body) }),
  ),
})
