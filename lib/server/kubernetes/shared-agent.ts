import 'server-only'
import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import type { Credentials } from '@/lib/server/kubernetes/credentials'

/** One agent for all requests to a cluster; made anew only when the TLS material has rotated. */
export class SharedAgent {
  #proxy: string | null
  #current: { key: string; agent: Dispatcher } | undefined

  constructor(proxy: string | null) {
    this.#proxy = proxy
  }

  with({ tls, tlsKey }: Credentials): Dispatcher {
    if (this.#current?.key === tlsKey) return this.#current.agent
    void this.#current?.agent.close()
    const connect = { ...tls, timeout: 5_000, keepAlive: true, keepAliveInitialDelay: 30_000 }
    const agent = this.#proxy
      ? new ProxyAgent({ uri: this.#proxy, requestTls: connect })
      : new Agent({ connect })
    this.#current = { key: tlsKey, agent }
    return agent
  }

  async close(): Promise<void> {
    await this.#current?.agent.destroy()
  }
}
