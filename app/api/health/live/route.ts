import { ok } from '@/lib/domain/problem'
import { readServer } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: readServer(() => ok({ live: true, reasons: [] })),
})
