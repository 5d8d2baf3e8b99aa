import { MendFinding } from '@/lib/contract'
import { changeRelease } from '@/lib/server/handle'
import { mendFinding } from '@/lib/server/mend'
import { methods } from '@/lib/server/methods'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: changeRelease(MendFinding, ({ cluster, id, body }) => mendFinding(cluster, id, body)),
})
