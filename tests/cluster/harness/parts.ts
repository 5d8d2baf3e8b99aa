import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { imageArchive } from '@/tests/cluster/harness/image'
import type { Part } from '@/tests/cluster/harness/part'
import { SOURCES } from '@/tests/cluster/harness/place'
import { INGRESS_NGINX, KUBERNETES, TAGS } from '@/tests/cluster/harness/versions'

const go = (folder: string, ...args: string[]): string =>
  execFileSync('go', args, {
    cwd: join(SOURCES, 'go', folder),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false -mod=readonly', GOTOOLCHAIN: 'local' },
  })

const stamp = (variables: Record<string, string>): string =>
  ['-s -w', ...Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`)].join(' ')

const [major, minor] = KUBERNETES.split('.')
const VERSION = 'k8s.io/component-base/version'
const KUBERNETES_STAMP = stamp({
  [`${VERSION}.gitVersion`]: `v${KUBERNETES}`,
  [`${VERSION}.gitMajor`]: major ?? '',
  [`${VERSION}.gitMinor`]: minor ?? '',
  [`${VERSION}.gitTreeState`]: 'clean',
  'k8s.io/client-go/pkg/version.gitVersion': `v${KUBERNETES}`,
})
const COMMANDS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kubectl']

/** The programs of Kubernetes, from its Go module. */
export const kubernetes: Part = {
  name: 'kubernetes',
  from: ['go/kubernetes'],
  with: [KUBERNETES_STAMP, ...COMMANDS],
  build: folder => {
    const packages = COMMANDS.map(command => `k8s.io/kubernetes/cmd/${command}`)
    go('kubernetes', 'build', '-trimpath', '-ldflags', KUBERNETES_STAMP, '-o', `${folder}/`, ...packages)
  },
}

const CONTROLLER = 'k8s.io/ingress-nginx'
const CONTROLLER_STAMP = stamp({ [`${CONTROLLER}/version.RELEASE`]: INGRESS_NGINX })
const MODULES = '/usr/lib/nginx/modules'
const TEMPLATE_HEAD = [
  `load_module ${MODULES}/ndk_http_module.so;`,
  `load_module ${MODULES}/ngx_http_lua_module.so;`,
  `load_module ${MODULES}/ngx_http_headers_more_filter_module.so;`,
  'user root;',
  '',
].join('\n')

/** Debian 12 has no Lua for streams, and its nginx does not know the directive `http2`. */
const forDebian = (template: string): string =>
  TEMPLATE_HEAD + template.replace(/^stream \{[\s\S]*?^\}\n/m, '').replaceAll(/^ *http2 on;\n/gm, '')

/** The controller, and its /etc/nginx: its own Lua and template, with the Lua modules that Debian lacks. */
export const ingressNginx: Part = {
  name: 'ingress-nginx',
  from: ['go/ingress-nginx', 'nginx'],
  with: [CONTROLLER_STAMP, TEMPLATE_HEAD, String(forDebian)],
  build: folder => {
    const program = join(folder, 'nginx-ingress-controller')
    go(
      'ingress-nginx',
      'build',
      '-trimpath',
      '-ldflags',
      CONTROLLER_STAMP,
      '-o',
      program,
      `${CONTROLLER}/cmd/nginx`,
    )
    const rootfs = join(
      go('ingress-nginx', 'list', '-m', '-f', '{{.Dir}}', CONTROLLER).trim(),
      'rootfs/etc/nginx',
    )
    const etc = join(folder, 'etc-nginx')
    // The module cache is read-only; a plain copy of its files would be so too.
    execFileSync('cp', [
      '-r',
      '--no-preserve=mode',
      join(rootfs, 'lua'),
      join(rootfs, 'nginx.conf'),
      mkdir(etc),
    ])
    cpSync(join(SOURCES, 'nginx/resty'), join(etc, 'lua/resty'), { recursive: true })
    const template = forDebian(readFileSync(join(rootfs, 'template/nginx.tmpl'), 'utf8'))
    writeFileSync(join(mkdir(join(etc, 'template')), 'nginx.tmpl'), template)
  },
}

function mkdir(path: string): string {
  mkdirSync(path, { recursive: true })
  return path
}

/** Our own small programs, and the images of the pods made of them. */
export const programs: Part = {
  name: 'programs',
  from: ['go/programs', 'harness/image.ts'],
  with: TAGS,
  build: folder => {
    go('programs', 'build', '-trimpath', '-ldflags', '-s -w', '-o', `${folder}/`, './...')
    const app = readFileSync(join(folder, 'app'))
    const images = TAGS.map(tag => ({
      name: `docker.io/library/nginx:${tag}`,
      program: app,
      environment: { ANSWER: tag },
    }))
    const pause = {
      name: 'halftone.test/pause:1',
      program: readFileSync(join(folder, 'pause')),
      environment: {},
    }
    writeFileSync(join(folder, 'images.tar'), imageArchive([...images, pause]))
  },
}
