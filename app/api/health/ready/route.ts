import { readServer } from '@/lib/server/handle'
import { jsonResponse } from '@/lib/server/http'
import { methods } from '@/lib/server/methods'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: readServer(({ runtime }) => {
    const reasons = runtime.unready()
    const isReady = reasons.length === 0
    return jsonResponse({ ready: isReady, reasons }, isReady ? 200 : 503)
  }),
})
