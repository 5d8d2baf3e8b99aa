import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '@/sandbox/start'
import { clientOf } from '@/tests/contract/client'
import { INGRESSES, ingress } from '@/tests/contract/objects'
import { adminOf } from '@/tests/sandbox/admin/client'

/** What the contract cannot ask of every API server: the sandbox's own switches, and what kubectl alone wants. */
let sandbox: Sandbox
let api: ReturnType<typeof clientOf>

beforeAll(async () => {
  sandbox = await startSandbox({ world: 'empty', syncDelayMs: 0, bookmarkMs: 50 })
  api = clientOf(sandbox)
  await api.ask('POST', INGRESSES, { body: ingress('list-00') })
})
afterAll(async () => {
  await api.close()
  await sandbox.stop()
})

const versionNow = async () => String((await api.ask('GET', INGRESSES)).body.metadata?.resourceVersion)

test('kubectl gets rows, with the columns of the kind', async () => {
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'
  const { body } = await api.ask('GET', `${INGRESSES}?limit=1`, { accept })
  expect(body.kind).toBe('Table')
  const columns = body.columnDefinitions as unknown as { name: string }[]
  expect(columns.map(each => each.name)).toEqual(['Name', 'Class', 'Hosts', 'Address', 'Ports', 'Age'])
  expect(JSON.stringify(body.rows)).toContain('"cells":["list-00","nginx","*"')
})

test('bookmarks come as often as they are set to', async () => {
  const from = await versionNow()
  const watch = await api.watch(`${INGRESSES}?watch=1&resourceVersion=${from}&allowWatchBookmarks=true`)
  await vi.waitFor(() =>
    expect(watch.events.filter(each => each.type === 'BOOKMARK').length).toBeGreaterThan(1),
  )
  expect(Number(watch.events.at(-1)?.object.metadata?.resourceVersion)).toBeGreaterThanOrEqual(Number(from))
  watch.stop()
})

test('a streamed list ends with a bookmark that says so', async () => {
  const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true'
  const watch = await api.watch(`${INGRESSES}?${query}`)
  await vi.waitFor(() => expect(JSON.stringify(watch.events)).toContain('k8s.io/initial-events-end'))
  watch.stop()
})

test('watches that have seen everything go on when history is forgotten', async () => {
  const open = await api.watch(`${INGRESSES}?watch=true&resourceVersion=${await versionNow()}`)
  await adminOf(sandbox)('/faults', { expire: true })
  await api.ask('POST', INGRESSES, { body: ingress('list-01') })
  await vi.waitFor(() => expect(open.events).toMatchObject([{ type: 'ADDED' }]))
  expect(open.ended).toBe(false)
  open.stop()
})
