import type { Ingress } from '@/lib/domain/model/ingress'
import type { Api } from './watch'

const ADDRESS = '127.0.0.1'
const BODY = JSON.stringify({ status: { loadBalancer: { ingress: [{ ip: ADDRESS }] } } })

/**
 * Tells the cluster where an ordinary Ingress can be reached, as the controller does.
 * Errors: none; an Ingress that cannot be written now is written at a later configuration.
 */
export async function publishAddress({ url, token, agent }: Api, ingress: Ingress): Promise<void> {
  if (ingress.addresses.length === 1 && ingress.addresses[0] === ADDRESS) return
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
