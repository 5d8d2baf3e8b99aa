import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAdmin } from './admin/admin'
import { type Certificate, newCertificate } from './api/certificate'
import { Clock } from './api/clock'
import { Faults } from './api/faults'
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
  gatewayHttpsUrl: string
  kubeconfig: string
  tokens: Tokens
  /** PEM of the certificate that vouches for `apiUrl`. */
  ca: string
  stop(): Promise<void>
}

/** What is to be done at the end, last thing first. */
type Undo = (() => unknown)[]

const BOOKMARK_MS = 60_000
const SETTLE_MS = 1500

/**
 * Starts an embedded cluster with its gateway in this process; resolves when all of it answers.
 * Errors: throws when a port is taken; whatever had begun is ended first.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const undo: Undo = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    return { ...(await begin(options, undo)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function begin(options: SandboxOptions, undo: Undo): Promise<Omit<Sandbox, 'stop'>> {
  const { world = 'default', pods, apiPort = 0, adminPort = 0, bookmarkMs = BOOKMARK_MS } = options
  const clock = new Clock()
  const store = new Store()
  const faults = new Faults()
  const admissions = [
    ...(options.webhook === false ? [] : [ingressWebhook(store)]),
    faults.writes.admission(store),
  ]
  const writer = new Writer(store, clock, (...asked) => {
    for (const admit of admissions) admit(...asked)
  })
  const controllers = startControllers(writer)
  undo.push(controllers.stop)
  populate(writer, worldOf(world, pods === undefined ? {} : { pods }))

  const [tokens, certificate] = [newTokens(), await newCertificate()]
  const api = new ApiServer({ writer, tokens, certificate, port: apiPort, bookmarkMs, faults })
  await api.open()
  undo.push(() => api.close())
  const kubeconfig = await keepKubeconfig({ api, certificate, tokens, wanted: options.kubeconfig, undo })

  await settled(store, SETTLE_MS)
  const gateway = await startGateway({
    api: { url: api.url, token: tokens.internal, ca: certificate.cert },
    port: options.gatewayPort ?? 0,
    syncDelayMs: options.syncDelayMs ?? 'real',
    replicas: options.replicas ?? 1,
    annotationValidation: options.annotationValidation ?? true,
  })
  undo.push(gateway.stop)
  await until(() => gateway.applied().every(version => version !== ''), SETTLE_MS)

  const version = () => String(store.version)
  const { applied } = gateway
  const pages = { '/metrics': gateway.metrics, '/access-log': gateway.accessLog }
  const admin = await startAdmin({
    port: adminPort,
    api,
    clock,
    version,
    applied,
    gateway,
    room: controllers.room,
    pages,
  })
  undo.push(admin.stop)
  return {
    apiUrl: api.url,
    adminUrl: admin.url,
    gatewayUrl: gateway.url,
    gatewayUrls: gateway.urls,
    gatewayHttpsUrl: gateway.httpsUrl,
    kubeconfig,
    tokens,
    ca: certificate.cert,
  }
}

type Keeping = {
  api: ApiServer
  certificate: Certificate
  tokens: Tokens
  wanted: string | undefined
  undo: Undo
}

/** Writes the kubeconfig where it is wanted, or into a folder of its own; at the end it is removed. */
async function keepKubeconfig({ api, certificate, tokens, wanted, undo }: Keeping): Promise<string> {
  const { cert } = certificate
  if (wanted === undefined) {
    const folder = await mkdtemp(join(tmpdir(), 'halftone-sandbox-'))
    undo.push(() => rm(folder, { recursive: true, force: true }))
    return writeKubeconfig(join(folder, 'kubeconfig'), api.url, cert, tokens)
  }
  const path = await writeKubeconfig(wanted, api.url, cert, tokens)
  undo.push(() => rm(path, { force: true }))
  return path
}
