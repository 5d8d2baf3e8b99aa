import type { Ingress } from '@/lib/domain/model/ingress'
import type { Config } from './config'
import type { Api } from './watch'

const ADDRESS = '127.0.0.1'
const BODY = JSON.stringify({ status: { loadBalancer: { ingress: [{ ip: ADDRESS }] } } })

/**
 * Tells the cluster where an ordinary Ingress can be reached, as the controller does.
 * Errors: none; an Ingress that cannot be written now is written at a later configuration.
 */
async function publishAddress({ url, token, agent }: Api, ingress: Ingress): Promise<void> {
  const { origin } = new URL(url)
  const path = `/apis/networking.k8s.io/v1/namespaces/${ingress.namespace}/ingresses/${ingress.name}/status`
  try {
    const answer = await agent.request({
      origin,
      path,
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/merge-patch+json',
        'user-agent': 'nginx-ingress-controller',
      },
      body: BODY,
    })
    await answer.body.dump()
  } catch {
    // The API server is away; the next configuration tries again.
  }
}

const isWritten = ({ addresses }: Ingress): boolean => addresses.length === 1 && addresses[0] === ADDRESS

function ordinaryIn({ ingresses, routing }: Config): Ingress[] {
  const ordinary = new Set(routing.ordinaryPaths.map(({ ingress }) => `${ingress.namespace}/${ingress.name}`))
  return ingresses.filter(each => !isWritten(each) && ordinary.has(`${each.namespace}/${each.name}`))
}

/**
 * Writes the addresses of the newest configuration, one after another: each write is news that brings a configuration, and
 * would begin all the others anew.
 */
export function addressPublisher(api: Api, signal: AbortSignal): (config: Config) => void {
  let newest: Config | null = null
  let isWriting = false
  async function write() {
    isWriting = true
    while (newest) {
      const wanted = ordinaryIn(newest)
      newest = null
      for (const ingress of wanted) {
        if (newest || signal.aborted) break
        await publishAddress(api, ingress)
      }
    }
    isWriting = false
  }
  return config => {
    newest = config
    if (!isWriting) void write()
  }
}
