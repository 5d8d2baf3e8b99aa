import { ok } from '@/lib/domain/problem'
import { readServer } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'
import { statusOf } from '@/lib/server/status'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: readServer(async ({ runtime }) => ok(await statusOf(runtime))),
})
