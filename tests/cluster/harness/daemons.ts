import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { get as getSecurely } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { NODE_ADDRESS } from '@/tests/cluster/harness/mounts'

/** Where things are, seen from inside; `built` are the folders of the parts. */
export type Layout = {
  folder: string
  built: { kubernetes: string; ingressNginx: string; programs: string }
  adminToken: string
}

/** One long-running program of the node: how it is started, and when it can be relied on. */
export type DaemonPlan = {
  argv: readonly string[]
  environment?: Record<string, string>
  isReady: () => Promise<boolean>
}

export type Daemon =
  | 'etcd'
  | 'containerd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kubelet'
  | 'ingress-nginx'

export const API_URL = 'https://127.0.0.1:6443'
export const GATEWAY_URL = 'http://127.0.0.1'
const ETCD = 'http://127.0.0.1:2379'
const PEER = 'http://127.0.0.1:2380'
const ANSWER_MS = 2_000

type Asked = { ca?: string; token?: string }

/** The status and text of one answer; 0 where there is none. */
export function ask(url: string, { ca, token }: Asked = {}): Promise<{ status: number; text: string }> {
  return new Promise(resolve => {
    const options = {
      agent: false,
      timeout: ANSWER_MS,
      headers: token ? { authorization: `Bearer ${token}` } : {},
    }
    const nothing = () => resolve({ status: 0, text: '' })
    const sent = (url.startsWith('https') ? getSecurely : get)(
      url,
      { ...options, ...(ca && { ca }) },
      answer => {
        let text = ''
        answer.setEncoding('utf8').on('data', chunk => {
          text += chunk
        })
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
        answer.on('error', nothing)
      },
    )
    sent.on('error', nothing).on('timeout', () => sent.destroy())
  })
}

const listens = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy().destroyed))
    socket.on('error', () => resolve(false))
  })

const answers = async (url: string, status = 200): Promise<boolean> => (await ask(url)).status === status

function apiServer({ folder, built }: Layout): readonly string[] {
  const pki = (file: string) => join(folder, 'pki', file)
  return [
    join(built.kubernetes, 'kube-apiserver'),
    `--etcd-servers=${ETCD}`,
    `--advertise-address=${NODE_ADDRESS}`,
    '--secure-port=6443',
    '--service-cluster-ip-range=10.96.0.0/16',
    '--allow-privileged=true',
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    `--client-ca-file=${pki('ca.crt')}`,
    `--tls-cert-file=${pki('apiserver.crt')}`,
    `--tls-private-key-file=${pki('apiserver.key')}`,
    `--token-auth-file=${pki('tokens.csv')}`,
    '--kubelet-preferred-address-types=InternalIP',
    `--kubelet-client-certificate=${pki('apiserver-kubelet.crt')}`,
    `--kubelet-client-key=${pki('apiserver-kubelet.key')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${pki('sa.pub')}`,
    `--service-account-signing-key-file=${pki('sa.key')}`,
    `--audit-policy-file=${join(folder, 'audit.yaml')}`,
    `--audit-log-path=${join(folder, 'audit.log')}`,
    '--audit-log-mode=blocking',
    '--profiling=false',
  ]
}

/** Every program but the controller, in the order in which they need each other. */
export function daemonsOf(layout: Layout): Record<Exclude<Daemon, 'ingress-nginx'>, DaemonPlan> {
  const { folder, built, adminToken } = layout
  const conf = (name: string) => join(folder, 'pki', `${name}.conf`)
  const ca = readFileSync(join(folder, 'pki/ca.crt'), 'utf8')
  const asAdmin = (path: string) => ask(API_URL + path, { ca, token: adminToken })
  const component = (name: string, ...more: string[]) => [
    join(built.kubernetes, name),
    `--kubeconfig=${conf(name)}`,
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    ...more,
  ]
  return {
    etcd: {
      argv: [
        'etcd',
        ...['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync'],
        ...['--listen-client-urls', ETCD, '--advertise-client-urls', ETCD],
        ...['--listen-peer-urls', PEER, '--initial-advertise-peer-urls', PEER],
        ...['--initial-cluster', `default=${PEER}`],
      ],
      isReady: () => answers(`${ETCD}/health`),
    },
    containerd: {
      argv: ['containerd', '-c', join(folder, 'containerd.toml')],
      isReady: () => answers('http://127.0.0.1:10256/v1/metrics'),
    },
    'kube-apiserver': {
      argv: apiServer(layout),
      isReady: async () => (await asAdmin('/readyz')).status === 200,
    },
    'kube-controller-manager': {
      argv: component(
        'kube-controller-manager',
        '--use-service-account-credentials=true',
        `--service-account-private-key-file=${join(folder, 'pki/sa.key')}`,
        `--root-ca-file=${join(folder, 'pki/ca.crt')}`,
      ),
      isReady: () => listens(10_257),
    },
    'kube-scheduler': {
      argv: component('kube-scheduler'),
      isReady: () => listens(10_259),
    },
    kubelet: {
      argv: [
        join(built.kubernetes, 'kubelet'),
        `--config=${join(folder, 'kubelet.yaml')}`,
        `--kubeconfig=${conf('kubelet')}`,
        `--root-dir=${join(folder, 'kubelet')}`,
        '--hostname-override=node1',
        `--node-ip=${NODE_ADDRESS}`,
      ],
      isReady: async () => /"type":"Ready","status":"True"/.test((await asAdmin('/api/v1/nodes/node1')).text),
    },
  }
}
