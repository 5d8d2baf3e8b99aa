import { ResumeStart } from '@/lib/contract'
import { changeRelease } from '@/lib/server/handle'
import { acceptedResponse } from '@/lib/server/http'
import { methods } from '@/lib/server/methods'
import { removeStart } from '@/lib/server/operation/removal'
import { settingOf } from '@/lib/server/operation/setting'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: changeRelease(ResumeStart, ({ runtime, cluster, id }) =>
    acceptedResponse(removeStart(settingOf(runtime, cluster), runtime.operations, id)),
  ),
})
