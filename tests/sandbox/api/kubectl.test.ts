import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '@/sandbox/start'
import { deployment, ingress, service } from '@/tests/contract/objects'

const run = promisify(execFile)

/** A kubectl to test with: KUBECTL, or the one on the PATH. */
function findKubectl(): string | undefined {
  const wanted = process.env.KUBECTL ?? 'kubectl'
  if (wanted.includes('/')) return existsSync(wanted) ? wanted : undefined
  try {
    execFileSync(wanted, ['version', '--client'], { stdio: 'ignore' })
    return wanted
  } catch {
    return undefined
  }
}

const kubectlPath = findKubectl()
if (!kubectlPath) console.warn('kubectl tests are skipped: no kubectl on the PATH and none named by KUBECTL')

let sandbox: Sandbox
let folder: string

async function kubectl(...args: string[]): Promise<{ code: number; text: string }> {
  const flags = ['--kubeconfig', sandbox.kubeconfig, '--cache-dir', join(folder, 'cache')]
  try {
    const { stdout, stderr } = await run(kubectlPath ?? '', [...args, ...flags], { timeout: 30_000 })
    return { code: 0, text: stdout + stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, text: stdout + stderr }
  }
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, JSON.stringify(content))
  return path
}

const canary = (weight: string) => {
  const body = ingress('user-canary', 'service-user-v2', '/user')
  const annotations = {
    'nginx.ingress.kubernetes.io/canary': 'true',
    'nginx.ingress.kubernetes.io/canary-weight': weight,
  }
  return { ...body, metadata: { ...body.metadata, annotations } }
}

const WEIGHT = String.raw`jsonpath={.metadata.annotations.nginx\.ingress\.kubernetes\.io/canary-weight}`

describe.skipIf(!kubectlPath)('a real kubectl', () => {
  beforeAll(async () => {
    sandbox = await startSandbox({ world: 'default', syncDelayMs: 0 })
    folder = await mkdtemp(join(tmpdir(), 'halftone-kubectl-'))
  })
  afterAll(async () => {
    await sandbox.stop()
    await rm(folder, { recursive: true, force: true })
  })

  test('version and api-resources know the server', async () => {
    expect((await kubectl('version')).text).toContain('Server Version: v1.34')
    const { text } = await kubectl('api-resources')
    for (const name of ['deployments', 'ingressclasses', 'endpointslices', 'leases'])
      expect(text).toContain(name)
  })

  test('get prints tables, wide ones, yaml and single fields', async () => {
    expect((await kubectl('get', 'deploy')).text).toMatch(/user-v1\s+3\/3\s+3\s+3/)
    expect((await kubectl('get', 'pods', '-A', '-l', 'app=pay-v1', '-o', 'wide')).text).toMatch(
      /1\/1\s+Running.*127\.0\.0\.1/,
    )
    expect((await kubectl('get', 'ing', 'nginx-ingress', '-o', 'yaml')).text).toContain(
      'ingressClassName: nginx',
    )
    const one = await kubectl(
      'get',
      'ing',
      '--field-selector',
      'metadata.name=nginx-ingress',
      '-o',
      'jsonpath={.items[*].metadata.name}',
    )
    expect(one.text).toBe('nginx-ingress')
    expect(await kubectl('get', 'ing', 'none')).toMatchObject({
      code: 1,
      text: expect.stringContaining('NotFound'),
    })
  })

  test.each(['deploy/user-v1', 'ing/nginx-ingress', 'svc/service-user-v1', 'ns/default'])(
    'describe %s',
    async what => {
      const { code, text } = await kubectl('describe', what)
      expect(code, text).toBe(0)
      expect(text).toContain(`Name:`)
    },
  )

  test('describe pod tells what happened to it', async () => {
    expect((await kubectl('describe', 'pods', '-l', 'app=user-v1')).text).toMatch(
      /Scheduled[\s\S]*Pulled[\s\S]*Started/,
    )
  })

  test('apply twice: created, then unchanged, then changed; a dry run writes nothing', async () => {
    const made = await file('deployment.json', deployment('user-v2', 'nginx:user-v2'))
    expect((await kubectl('apply', '-f', made, '--dry-run=server')).text).toContain(
      'created (server dry run)',
    )
    expect((await kubectl('get', 'deploy', 'user-v2')).code).toBe(1)
    expect((await kubectl('apply', '-f', made)).text).toContain('created')
    expect((await kubectl('apply', '-f', made)).text).toContain('unchanged')
    const more = await file('more.json', deployment('user-v2', 'nginx:user-v2', { replicas: 1 }))
    expect((await kubectl('apply', '-f', more)).text).toContain('configured')
    expect((await kubectl('rollout', 'status', 'deploy/user-v2', '--timeout=20s')).text).toContain(
      'successfully rolled out',
    )
  })

  test('a list of objects in one document is applied item by item', async () => {
    const items = [service('listed'), ingress('listed', 'listed')]
    const list = await file('list.json', { apiVersion: 'v1', kind: 'List', items })
    const { code, text } = await kubectl('apply', '-f', list)
    expect([code, text]).toEqual([0, 'service/listed created\ningress.networking.k8s.io/listed created\n'])
    expect((await kubectl('delete', '-f', list)).code).toBe(0)
  })

  test('scale, set image, set env, restart, undo and their rollouts', async () => {
    const done = () => kubectl('rollout', 'status', 'deploy/user-v2', '--timeout=20s')
    const image = ['get', 'deploy', 'user-v2', '-o', 'jsonpath={.spec.template.spec.containers[0].image}']
    for (const act of [
      ['scale', 'deploy/user-v2', '--replicas=2'],
      ['set', 'image', 'deploy/user-v2', 'app=nginx:user-v3'],
      ['set', 'env', 'deploy/user-v2', 'SHOW_POD=true'],
      ['rollout', 'restart', 'deploy/user-v2'],
    ]) {
      const { code, text } = await kubectl(...act)
      expect(code, text).toBe(0)
      expect((await done()).code).toBe(0)
    }
    expect((await kubectl(...image)).text).toBe('nginx:user-v3')
    await kubectl('rollout', 'undo', 'deploy/user-v2', '--to-revision=1')
    expect((await done()).code).toBe(0)
    expect((await kubectl(...image)).text).toBe('nginx:user-v2')
  })

  test('annotate, label and every form of patch', async () => {
    await kubectl('create', '-f', await file('canary.json', canary('0')))
    const weight = async () => (await kubectl('get', 'ing', 'user-canary', '-o', WEIGHT)).text
    const key = 'nginx.ingress.kubernetes.io/canary-weight'
    await kubectl('annotate', 'ing', 'user-canary', `${key}=20`, '--overwrite')
    expect(await weight()).toBe('20')
    const pointer = `/metadata/annotations/${key.replace('/', '~1')}`
    const operations = (from: string, to: string) =>
      JSON.stringify([
        { op: 'test', path: pointer, value: from },
        { op: 'replace', path: pointer, value: to },
      ])
    expect(
      (await kubectl('patch', 'ing', 'user-canary', '--type=json', '-p', operations('99', '1'))).code,
    ).toBe(1)
    expect(
      (await kubectl('patch', 'ing', 'user-canary', '--type=json', '-p', operations('20', '30'))).code,
    ).toBe(0)
    expect(await weight()).toBe('30')
    const merge = JSON.stringify({ metadata: { annotations: { [key]: '40' } } })
    for (const type of ['merge', 'strategic']) {
      expect((await kubectl('patch', 'ing', 'user-canary', `--type=${type}`, '-p', merge)).code).toBe(0)
      expect(await weight()).toBe('40')
    }
    expect((await kubectl('label', 'ing', 'user-canary', 'team=a')).text).toContain('labeled')
    const managers = await kubectl(
      'get',
      'ing',
      'user-canary',
      '-o',
      'jsonpath={.metadata.managedFields[*].manager}',
    )
    // The last writer of an annotation owns it: the patch has taken it from kubectl-annotate.
    expect(managers.text.split(' ')).toEqual(['kubectl-create', 'kubectl-patch', 'kubectl-label'])
  })

  test('create by its own commands, in its own wire format', async () => {
    expect((await kubectl('create', 'ns', 'shop')).text).toContain('namespace/shop created')
    const made = await kubectl(
      'create',
      'deploy',
      'web',
      '--image=web:v1',
      '--replicas=1',
      '--port=80',
      '-n',
      'shop',
    )
    expect(made.text).toContain('deployment.apps/web created')
    expect((await kubectl('expose', 'deploy', 'web', '--port=80', '-n', 'shop')).text).toContain(
      'service/web exposed',
    )
    const rule = ['create', 'ingress', 'web', '--class=nginx', '--rule=shop.test/*=web:80', '-n', 'shop']
    expect((await kubectl(...rule)).text).toContain('ingress.networking.k8s.io/web created')
    const path = await kubectl(
      'get',
      'ing',
      'web',
      '-n',
      'shop',
      '-o',
      'jsonpath={.spec.rules[0].host} {.spec.rules[0].http.paths[0].pathType}',
    )
    expect(path.text).toBe('shop.test Prefix')
    expect(
      (await kubectl('wait', 'deploy/web', '-n', 'shop', '--for=condition=Available', '--timeout=20s')).code,
    ).toBe(0)
    expect((await kubectl('delete', 'ns', 'shop', '--timeout=20s')).text).toContain('deleted')
  })

  test('mistakes are told in Kubernetes words', async () => {
    const typo = { ...ingress('typo'), spec: { ...ingress('typo').spec, ingresClassName: 'nginx' } }
    expect((await kubectl('create', '-f', await file('typo.json', typo))).text).toContain(
      'unknown field "spec.ingresClassName"',
    )
    const twin = await kubectl(
      'create',
      'ingress',
      'twin',
      '--class=nginx',
      '--rule=/user*=service-user-v1:80',
    )
    expect(twin.text).toContain('denied the request')
  })

  test('who may do what', async () => {
    expect((await kubectl('auth', 'can-i', 'delete', 'pods')).text).toContain('yes')
    expect((await kubectl('auth', 'can-i', 'delete', 'pods', '--context=halftone')).text).toContain('no')
    expect((await kubectl('auth', 'can-i', '--list', '--context=halftone')).text).toMatch(
      /ingresses\.networking\.k8s\.io.*patch/,
    )
    expect((await kubectl('get', 'ns', '--context=halftone')).text).toContain('Forbidden')
  })

  test('delete waits until what it deletes is gone', async () => {
    expect((await kubectl('delete', 'deploy', 'user-v2', '--cascade=foreground', '--timeout=20s')).code).toBe(
      0,
    )
    expect((await kubectl('get', 'pods', '-l', 'app=user-v2')).text).toContain('No resources found')
  })
})
