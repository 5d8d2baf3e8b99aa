import { SetSampling } from '@/lib/contract'
import { samplingPatch } from '@/lib/domain/sampling-setting'
import { editRelease } from '@/lib/server/edit'
import { changeRelease } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: changeRelease(SetSampling, ({ cluster, id, body }) =>
    editRelease({ cluster, id, decide: ({ canary, matches }) => samplingPatch(canary, body, { matches }) }),
  ),
})
