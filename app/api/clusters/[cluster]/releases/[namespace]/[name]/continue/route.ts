import { ResumeStart } from '@/lib/contract'
import { changeRelease } from '@/lib/server/handle'
import { acceptedResponse } from '@/lib/server/http'
import { methods } from '@/lib/server/methods'
import { continueStart } from '@/lib/server/operation/resume'
import { settingOf } from '@/lib/server/operation/setting'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: changeRelease(ResumeStart, async ({ runtime, cluster, id }) =>
    acceptedResponse(
      await continueStart({ setting: settingOf(runtime, cluster), operations: runtime.operations, id }),
    ),
  ),
})
