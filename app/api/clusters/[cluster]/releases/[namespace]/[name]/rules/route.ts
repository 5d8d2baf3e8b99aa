import { SetRules } from '@/lib/contract'
import { rulesPatch } from '@/lib/domain/rules'
import { sessionCookieNameOf } from '@/lib/domain/session-cookie'
import { editRelease } from '@/lib/server/edit'
import { changeRelease } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: changeRelease(SetRules, ({ cluster, id, body }) =>
    editRelease({
      cluster,
      id,
      resourceVersion: body.resourceVersion,
      decide: ({ release, canary, ordinary, matches }) =>
        rulesPatch(release, canary, body, { sessionCookieName: sessionCookieNameOf(ordinary), matches }),
    }),
  ),
})
