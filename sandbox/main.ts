import { parseArgs } from 'node:util'
import { type SandboxOptions, startSandbox } from './start'
import { WORLDS } from './world/world'

/** What the command line asks for. Errors: throws with a sentence for the person at the terminal. */
function optionsFrom(args: string[]): SandboxOptions {
  const { values } = parseArgs({
    args,
    options: {
      world: { type: 'string', default: 'default' },
      pods: { type: 'string' },
      'api-port': { type: 'string' },
      'gateway-port': { type: 'string' },
      'admin-port': { type: 'string' },
      'sync-delay': { type: 'string', default: 'real' },
      replicas: { type: 'string' },
      'no-webhook': { type: 'boolean', default: false },
      'bookmark-ms': { type: 'string' },
      kubeconfig: { type: 'string' },
    },
  })
  const world = WORLDS.find(each => each === values.world)
  if (!world) throw new Error(`--world is one of ${WORLDS.join(', ')}`)
  const delay = values['sync-delay']
  return {
    world,
    syncDelayMs: delay === 'real' ? delay : numberOf('--sync-delay', delay),
    webhook: !values['no-webhook'],
    ...given('pods', values.pods, '--pods'),
    ...given('apiPort', values['api-port'], '--api-port'),
    ...given('gatewayPort', values['gateway-port'], '--gateway-port'),
    ...given('adminPort', values['admin-port'], '--admin-port'),
    ...given('replicas', values.replicas, '--replicas'),
    ...given('bookmarkMs', values['bookmark-ms'], '--bookmark-ms'),
    ...(values.kubeconfig !== undefined && { kubeconfig: values.kubeconfig }),
  }
}

function numberOf(flag: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${flag} is a whole number, not ${JSON.stringify(text)}`)
  return Number(text)
}

const given = (key: string, text: string | undefined, flag: string) =>
  text === undefined ? {} : { [key]: numberOf(flag, text) }

async function main(): Promise<void> {
  const { tokens: _tokens, ca: _ca, stop, ...told } = await startSandbox(optionsFrom(process.argv.slice(2)))
  let isEnding = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Ctrl-C comes twice, from the terminal and from npm: the second must not cut the first one's tidying short.
    process.on(signal, () => {
      if (isEnding) return
      isEnding = true
      void stop().then(() => process.exit(0))
    })
  }
  process.stdout.write(`${JSON.stringify(told)}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
