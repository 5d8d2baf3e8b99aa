import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAdmin } from './admin/admin'
import { newCertificate } from './api/certificate'
import { Clock } from './api/clock'
import { newTokens, type Tokens, writeKubeconfig } from './api/kubeconfig'
import { ApiServer } from './api/server'
import { Store } from './api/store'
import { ingressWebhook } from './api/webhook'
import { Writer } from './api/writer'
import { startControllers } from './controllers/controllers'
import { startGateway } from './gateway/gateway'
import { populate } from './populate'
import { settled, until } from './settled'
import { type WorldName, worldOf } from './world/world'

/**
 * How a sandbox is to be. Ports of 0 (the default) are any free ones.
 * Units: milliseconds; `pods` counts the pods without sockets of the scale world.
 */
export type SandboxOptions = {
  world?: WorldName
  pods?: number
  apiPort?: number
  gatewayPort?: number
  adminPort?: number
  syncDelayMs?: number | 'real'
  replicas?: number
  webhook?: boolean
  bookmarkMs?: number
  annotationValidation?: boolean
  /** Where the kubeconfig is written; otherwise into a folder that is removed at the end. */
  kubeconfig?: string
}

/** A running sandbox. `kubeconfig` has the contexts `admin` (current) and `halftone`. */
export type Sandbox = {
  apiUrl: string
  adminUrl: string
  gatewayUrl: string
  gatewayUrls: readonly string[]
  kubeconfig: string
  tokens: Tokens
  /** PEM of the certificate that vouches for `apiUrl`. */
  ca: string
  stop(): Promise<void>
}

const BOOKMARK_MS = 60_000
const SETTLE_MS = 1500

/** Starts an embedded cluster with its gateway in this process; resolves when all of it answers. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { world = 'default', pods, apiPort = 0, adminPort = 0, bookmarkMs = BOOKMARK_MS } = options
  const clock = new Clock()
  const store = new Store()
  const writer = new Writer(store, clock, options.webhook === false ? undefined : ingressWebhook(store))
  const controllers = startControllers(writer)
  populate(writer, worldOf(world, pods === undefined ? {} : { pods }))
  const [tokens, certificate] = [newTokens(), await newCertificate()]
  const api = new ApiServer({ writer, tokens, certificate, port: apiPort, bookmarkMs })
  await api.open()
  const folder =
    options.kubeconfig === undefined ? await mkdtemp(join(tmpdir(), 'halftone-sandbox-')) : undefined
  const kubeconfig = options.kubeconfig ?? join(folder ?? '', 'kubeconfig')
  await writeKubeconfig(kubeconfig, api.url, certificate.cert, tokens)
  await settled(store, SETTLE_MS)
  const gateway = await startGateway({
    api: { url: api.url, token: tokens.internal, ca: certificate.cert },
    port: options.gatewayPort ?? 0,
    syncDelayMs: options.syncDelayMs ?? 'real',
    replicas: options.replicas ?? 1,
    annotationValidation: options.annotationValidation ?? true,
  })
  await until(() => gateway.applied().every(version => version !== ''), SETTLE_MS)
  const admin = await startAdmin({
    port: adminPort,
    api,
    clock,
    version: () => String(store.version),
    applied: gateway.applied,
    pages: { '/metrics': gateway.metrics, '/access-log': gateway.accessLog },
  })
  return {
    apiUrl: api.url,
    adminUrl: admin.url,
    gatewayUrl: gateway.url,
    gatewayUrls: gateway.urls,
    kubeconfig,
    tokens,
    ca: certificate.cert,
    async stop() {
      await gateway.stop()
      await Promise.all([admin.stop(), api.close(), controllers.stop()])
      if (folder !== undefined) await rm(folder, { recursive: true, force: true })
      else await rm(kubeconfig, { force: true })
    },
  }
}
