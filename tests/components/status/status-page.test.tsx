// @vitest-environment happy-dom
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { SWRConfig } from 'swr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LanguageProvider } from '@/components/shell/language-context'
import { StatusPage } from '@/components/status/status-page'
import type { ClusterStatus, Status } from '@/lib/domain/model/status'
import { statusReport } from '@/lib/domain/status/report'
import type { Language } from '@/lib/language/language'
import { FakeEventSource, useFakeEventSource } from '@/tests/components/live/fake-event-source'
import { clusterFrame } from '@/tests/fixtures/frames'
import { referenceStatus } from '@/tests/fixtures/status'

/** What the server answers next. */
let answer: () => Response

beforeEach(() => {
  useFakeEventSource()
  answer = () => Response.json(referenceStatus())
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => answer()),
  )
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function open(language: Language = 'en') {
  render(
    <SWRConfig value={{ provider: () => new Map(), dedupingInterval: 0 }}>
      <LanguageProvider language={language}>
        <StatusPage />
      </LanguageProvider>
    </SWRConfig>,
  )
}

const withCluster = (part: Partial<ClusterStatus>, ...more: ClusterStatus[]): Status => {
  const [cluster] = referenceStatus().clusters
  if (!cluster) throw new Error('a cluster')
  return referenceStatus({ clusters: [{ ...cluster, ...part }, ...more] })
}
const section = (name: string) => within(screen.getByRole('region', { name }))
const rowOf = (name: string, text: string) => {
  const row = section(name).getByText(text).closest('tr')
  if (!row) throw new Error(`no row of ${text}`)
  return row.textContent
}

test('everything a bug report needs is on one page', async () => {
  open()
  await screen.findByRole('heading', { name: '1 cluster, connected' })
  expect(section('Cluster').getByText('v1.35.0')).toBeTruthy()
  expect(rowOf('Watches', 'pods')).toMatch(/not heard yet1,2342never/)
  const controllers = section('Controllers')
  controllers.getByRole('heading', { name: 'ingress-nginx v1.11.2' })
  controllers.getByText(/1 of 2 ready in ingress-nginx/)
  controllers.getByText('--enable-metrics=false')
  controllers.getByText('L43')
  const rights = section('Rights')
  rights.getByText('cannot start a release')
  rights.getByText('can change weights and rules, roll back only of user-canary')
  section('Halftone').getByText('16.4.6')
  expect(rowOf('Configuration', 'HALFTONE_URL')).toMatch(/not set$/)
  expect(document.title).toBe('Status · kind-dev · Halftone')
})

test('in Chinese, with the words of the linter', async () => {
  open('zh-CN')
  await screen.findByRole('heading', { name: '已连接 1 个集群' })
  expect(section('控制器').getByText(/可以接管 ingress-nginx/)).toBeTruthy()
  section('权限').getByText('不能开始灰度发布')
})

test('the report is copied as plain text, as the page shows it', async () => {
  const user = userEvent.setup()
  open()
  await user.click(await screen.findByRole('button', { name: 'Copy as text' }))
  expect(await navigator.clipboard.readText()).toBe(statusReport(referenceStatus()))
  screen.getByRole('button', { name: 'Copied' })
})

test('it is read anew every 5 s, and after a failure too; meanwhile the last one stays and says how old it is', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  open()
  await screen.findByText('v1.35.0')
  answer = () => new Response('<h1>bad gateway</h1>', { status: 502 })
  await act(() => vi.advanceTimersByTimeAsync(5_100))
  expect(screen.getByRole('alert').textContent).toMatch(
    /^The status could not be read\..*What you see is from/,
  )
  screen.getByText('v1.35.0')
  answer = () => Response.json(withCluster({ version: 'v1.36.0' }))
  await act(() => vi.advanceTimersByTimeAsync(5_100))
  await screen.findByText('v1.36.0')
  expect(screen.queryByRole('alert')).toBeNull()
})

test('before the first answer it says that it reads; a failure then says so, too', async () => {
  answer = () => new Response('', { status: 502 })
  open()
  expect(screen.getByRole('main').getAttribute('aria-busy')).toBe('true')
  screen.getByRole('heading', { name: 'Reading the status' })
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('could not be read'))
  expect(screen.getByRole('main').getAttribute('aria-busy')).toBe('false')
  screen.getByRole('heading', { name: 'Status' })
})

test('a problem of the server’s own is told in the reader’s language', async () => {
  const problem = {
    type: 'x',
    status: 421,
    code: 'wrong-host',
    title: 'This host is not ours',
    requestId: '1',
  }
  answer = () => Response.json(problem, { status: 421 })
  open('zh-CN')
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toMatch(/^无法读取状态。 .*\p{Script=Han}.*正在重试。$/u)
  expect(alert.textContent).not.toContain('This host')
})

test('what the stream says of a cluster is newer than the last answer', async () => {
  open()
  await screen.findByRole('heading', { name: '1 cluster, connected' })
  act(() => FakeEventSource.latest.snapshot([clusterFrame({ state: 'unreachable' })]))
  await screen.findByRole('heading', { name: '1 of 1 cluster not connected' })
  expect(section('Cluster').getByText(/unreachable/)).toBeTruthy()
})

test.each<[string, Partial<ClusterStatus>, string | RegExp]>([
  ['nobody seen', { controllers: [] }, /No controller pod and no IngressClass in sight/],
  [
    'pods unreadable: not the same as none',
    {
      controllers: [],
      watches: [
        { kind: 'pods', namespace: null, state: 'unreadable', objects: 0, relists: 0, lastByteAt: null },
      ],
    },
    'Pods cannot be read, so controllers cannot be seen.',
  ],
  ['two on one class', { classesShared: ['nginx'] }, /^More than one controller serves the class nginx\./],
  ['no namespace known', { rights: [] }, /No namespace with routes is known yet/],
  ['namespaces left out', { rightsLeftOut: 3 }, /^3 more namespaces with routes/],
  ['no gateway', { gateways: [] }, /^none configured/],
  ['read-only', { readOnly: true }, 'refused: read-only'],
])('%s is said', async (_case, part, text) => {
  answer = () => Response.json(withCluster(part))
  open()
  await screen.findByText(text)
})

test('rights that could not be asked for are not told as lacking, nor as had', async () => {
  const [right] = referenceStatus().clusters[0]?.rights ?? []
  if (!right) throw new Error('a right')
  const problem = { code: 'cluster-forbids' as const, title: 'The cluster does not allow this' }
  const rights = [{ ...right, problem, rules: [], missing: [], limited: [], isComplete: false }]
  answer = () => Response.json(withCluster({ rights }))
  open()
  await screen.findByText(/could not be asked\. The cluster does not allow this\./)
  expect(screen.queryByText(/may do all/)).toBeNull()
})

test('a controller that is only claimed by a class says so', async () => {
  const [seen] = referenceStatus().clusters[0]?.controllers ?? []
  if (!seen) throw new Error('a controller')
  answer = () =>
    Response.json(
      withCluster({ controllers: [{ ...seen, image: null, pods: [], flags: null, findings: [] }] }),
    )
  open()
  await screen.findByText(/No controller pod in sight: it may run outside/)
  screen.getByRole('heading', { name: 'k8s.io/ingress-nginx' })
})

test('of several clusters each section says in its title of which it tells, and some watch namespaces', async () => {
  const [one] = referenceStatus().clusters
  if (!one) throw new Error('a cluster')
  const watches = one.watches.map(each => ({ ...each, namespace: 'shop' }))
  answer = () => Response.json(withCluster({}, { ...one, cluster: 'prod', state: 'stale', watches }))
  open()
  await screen.findByRole('heading', { name: '1 of 2 clusters not connected' })
  screen.getByRole('region', { name: 'Watches · kind-dev' })
  expect(section('Watches · prod').getByRole('columnheader', { name: 'Namespace' })).toBeTruthy()
  expect(screen.getAllByRole('heading', { level: 2 }).map(each => each.textContent)).toEqual([
    ...['Cluster', 'Watches', 'Controllers', 'Rights'].map(each => `${each} · kind-dev`),
    ...['Cluster', 'Watches', 'Controllers', 'Rights'].map(each => `${each} · prod`),
    'Halftone',
    'Configuration',
  ])
})
