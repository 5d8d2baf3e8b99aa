import { setTimeout as sleep } from 'node:timers/promises'
import { askOnce } from '@/scripts/cases/request'
import { LABEL } from '@/tests/cluster/differential/plot'
import type { Side } from '@/tests/cluster/differential/side'

type Named = { namespace: string; name: string }

/** With two workers, the chance that as many answers in a row all come from one is 1 in 8,000. */
const ANSWERS_IN_A_ROW = 14
const AGAIN_MS = 50
/** The controller syncs for a new EndpointSlice, but not for a Service that comes to it later: then the Ingress is made anew. */
const ANEW_MS = 8_000
const PATIENCE_MS = 60_000

/** Thrown where the gateway went away or never took in what was created. */
export class GatewayLost extends Error {}

const manifestOf = ({ namespace, name }: Named): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { namespace, name, labels: { [LABEL]: 'true' } },
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        host: `${name}.${namespace}.test`,
        http: {
          paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } }],
        },
      },
    ],
  },
})

async function make({ api }: Side, { namespace, name }: Named): Promise<void> {
  const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`
  await api.remove(path)
  await api.create(path, manifestOf({ namespace, name }))
}

/** Does one worker of the gateway, whichever takes the call, answer by this Ingress. */
async function answers({ endpoints, gatewayPort }: Side, { namespace, name }: Named): Promise<boolean> {
  const text = `GET / HTTP/1.1\r\nHost: ${name}.${namespace}.test\r\n\r\n`
  const answer = await askOnce(gatewayPort, text).catch(() => null)
  return answer !== null && endpoints.nameAt(answer.body) === `${namespace}/${name}`
}

/**
 * Creates one more Ingress with a Service of its own and waits until every worker of the gateway answers by it: then they
 * obey everything that was written before. Errors: `GatewayLost` where the gateway ends or does not within a minute.
 */
export async function answersSentinel(side: Side, named: Named): Promise<void> {
  await side.endpoints.ensure([{ ...named, ready: true }])
  await make(side, named)
  const startedMs = performance.now()
  let anewMs = startedMs + ANEW_MS
  for (let inARow = 0; inARow < ANSWERS_IN_A_ROW; ) {
    const nowMs = performance.now()
    const isLate = nowMs > startedMs + PATIENCE_MS
    const trouble = side.trouble() ?? (isLate ? 'the gateway takes in nothing new' : null)
    if (trouble) throw new GatewayLost([trouble, side.complaint()].filter(Boolean).join(': '))
    if (await answers(side, named)) {
      inARow++
      continue
    }
    inARow = 0
    await sleep(AGAIN_MS)
    if (nowMs < anewMs) continue
    await make(side, named)
    anewMs = nowMs + ANEW_MS
  }
}
