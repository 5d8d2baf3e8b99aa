import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Who gets a certificate, with the name the cluster knows it by. Source: Kubernetes, "PKI certificates and requirements". */
const SUBJECTS = {
  apiserver: '/CN=kube-apiserver',
  'apiserver-kubelet': '/O=system:masters/CN=kube-apiserver-kubelet-client',
  'kube-controller-manager': '/CN=system:kube-controller-manager',
  'kube-scheduler': '/CN=system:kube-scheduler',
  kubelet: '/O=system:nodes/CN=system:node:node1',
  'ingress-nginx': '/CN=ingress-nginx',
} as const

const DAYS = '30'
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', DAYS]

const openssl = (folder: string, args: readonly string[]) =>
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })

function certificate(folder: string, name: string, subject: string, hosts: readonly string[]): void {
  const names = hosts.map(host => `${/^[\d.]+$/.test(host) ? 'IP' : 'DNS'}:${host}`).join(',')
  const more = [
    'basicConstraints=critical,CA:FALSE',
    'keyUsage=digitalSignature,keyEncipherment',
    'extendedKeyUsage=serverAuth,clientAuth',
    ...(names ? [`subjectAltName=${names}`] : []),
  ].flatMap(each => ['-addext', each])
  const files = ['-keyout', `${name}.key`, '-out', `${name}.crt`, '-CA', 'ca.crt', '-CAkey', 'ca.key']
  openssl(folder, ['req', '-x509', ...NEW_KEY, '-subj', subject, ...files, ...more])
}

/** What a person or a program needs to speak to the cluster as somebody. */
type User = { token: string } | { 'client-certificate': string; 'client-key': string }

/** A kubeconfig in JSON with one context for each user. */
export function kubeconfigOf(ca: string, server: string, users: Readonly<Record<string, User>>): object {
  const names = Object.keys(users)
  const cluster = { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') }
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'halftone', cluster }],
    users: Object.entries(users).map(([name, user]) => ({ name, user })),
    contexts: names.map(name => ({ name, context: { cluster: 'halftone', user: name } })),
    'current-context': names[0],
  }
}

/**
 * Makes a throw-away authority, all certificates, and a kubeconfig for each component; `hostsOf` are the names and addresses
 * that those who are asked go by. Returns the authority's certificate.
 */
export function makePki(
  folder: string,
  server: string,
  hostsOf: Readonly<Record<string, readonly string[]>>,
): string {
  mkdirSync(folder, { recursive: true })
  openssl(folder, [
    'req',
    '-x509',
    ...NEW_KEY,
    '-subj',
    '/CN=halftone-cluster',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
  ])
  openssl(folder, ['genrsa', '-out', 'sa.key', '2048'])
  openssl(folder, ['rsa', '-in', 'sa.key', '-pubout', '-out', 'sa.pub'])
  const ca = readFileSync(join(folder, 'ca.crt'), 'utf8')
  for (const [name, subject] of Object.entries(SUBJECTS)) {
    certificate(folder, name, subject, hostsOf[name] ?? [])
    const user = {
      'client-certificate': join(folder, `${name}.crt`),
      'client-key': join(folder, `${name}.key`),
    }
    writeFileSync(join(folder, `${name}.conf`), JSON.stringify(kubeconfigOf(ca, server, { [name]: user })))
  }
  return ca
}
