import { type SandboxOptions, startSandbox } from '@/sandbox/start'
import { holdsAdmission, holdsContract } from '@/tests/contract/api-server'
import type { FarSide } from '@/tests/contract/far-side'
import { adminOf } from '@/tests/sandbox/admin/client'

async function open(options: SandboxOptions): Promise<FarSide> {
  const sandbox = await startSandbox({ syncDelayMs: 0, ...options })
  const admin = adminOf(sandbox)
  return {
    apiUrl: sandbox.apiUrl,
    ca: sandbox.ca,
    tokens: sandbox.tokens,
    expire: async () => void (await admin('/faults', { expire: true })),
    close: sandbox.stop,
  }
}

holdsAdmission('the sandbox', () => open({ world: 'default' }))
holdsContract('the sandbox', () => open({ world: 'empty', webhook: false }))
