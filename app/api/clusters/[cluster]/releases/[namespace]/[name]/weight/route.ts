import { SetWeight } from '@/lib/contract'
import { weightPatch } from '@/lib/domain/weight'
import { editRelease } from '@/lib/server/edit'
import { changeRelease } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: changeRelease(SetWeight, ({ cluster, id, body }) =>
    editRelease({
      cluster,
      id,
      resourceVersion: body.resourceVersion,
      decide: ({ release }) => weightPatch(release, body),
    }),
  ),
})
