import { SetImage } from '@/lib/contract'
import { changeRelease } from '@/lib/server/handle'
import { acceptedResponse } from '@/lib/server/http'
import { methods } from '@/lib/server/methods'
import { setImage } from '@/lib/server/operation/build'
import { settingOf } from '@/lib/server/operation/setting'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: changeRelease(SetImage, ({ runtime, cluster, id, body }) =>
    acceptedResponse(setImage(settingOf(runtime, cluster), runtime.operations, { id, body })),
  ),
})
