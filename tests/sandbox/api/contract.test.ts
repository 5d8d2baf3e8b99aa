import { startSandbox } from '@/sandbox/start'
import { holdsContract } from '@/tests/contract/api-server'
import { adminOf } from '@/tests/sandbox/admin/client'

holdsContract('the sandbox', async () => {
  const sandbox = await startSandbox({ world: 'empty', syncDelayMs: 0, webhook: false })
  const admin = adminOf(sandbox)
  return {
    apiUrl: sandbox.apiUrl,
    ca: sandbox.ca,
    tokens: sandbox.tokens,
    expire: async () => void (await admin('/faults', { expire: true })),
    close: sandbox.stop,
  }
})
