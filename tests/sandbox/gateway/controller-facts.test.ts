import { afterAll, describe } from 'vitest'
import { type Sandbox, startSandbox } from '@/sandbox/start'
import { controllerFacts } from '@/tests/cluster/controller/facts'

let sandbox: Sandbox | undefined
afterAll(() => sandbox?.stop())

describe('the sandbox’s gateway, by what was measured on the controller', () => {
  controllerFacts(async () => {
    sandbox = await startSandbox({ syncDelayMs: 100, webhook: false })
    const { apiUrl, ca, gatewayUrl, tokens } = sandbox
    return {
      apiUrl,
      ca,
      gatewayUrl,
      token: tokens.admin,
      podAddress: '127.0.0.1',
      boundMs: 500,
      reloads: () => 0,
    }
  })
})
