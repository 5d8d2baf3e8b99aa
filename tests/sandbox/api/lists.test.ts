import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '@/sandbox/start'
import { clientOf, INGRESSES, ingress, type Json, MERGE } from './client'

let sandbox: Sandbox
let api: ReturnType<typeof clientOf>

beforeAll(async () => {
  sandbox = await startSandbox({ world: 'empty', syncDelayMs: 0, bookmarkMs: 50 })
  api = clientOf(sandbox)
  for (let i = 0; i < 25; i++) {
    const body = ingress(`list-${String(i).padStart(2, '0')}`)
    const labels = { parity: i % 2 === 0 ? 'even' : 'odd' }
    await api.ask('POST', INGRESSES, { body: { ...body, metadata: { ...body.metadata, labels } } })
  }
})
afterAll(async () => {
  await api.close()
  await sandbox.stop()
})

const items = (body: Json) => body.items as unknown as { metadata: { name: string } }[]
const namesOf = (body: Json) => items(body).map(each => each.metadata.name)

async function pages(query: string) {
  const found: Json[] = []
  let next = ''
  do {
    const { body } = await api.ask('GET', `${INGRESSES}?limit=10${query}${next && `&continue=${next}`}`)
    found.push(body)
    next = String(body.metadata?.continue ?? '')
  } while (next)
  return found
}

describe('lists', () => {
  test('pages together are the whole list, once each and in order', async () => {
    const whole = namesOf((await api.ask('GET', INGRESSES)).body)
    const found = await pages('')
    expect(found.map(each => items(each).length)).toEqual([10, 10, 5])
    expect(found.flatMap(namesOf)).toEqual(whole)
    expect(found[0]?.metadata?.remainingItemCount).toBe(15)
  })

  test('all pages show the moment of the first', async () => {
    const first = (await api.ask('GET', `${INGRESSES}?limit=20`)).body
    await api.ask('POST', INGRESSES, { body: ingress('list-99') })
    const second = (await api.ask('GET', `${INGRESSES}?limit=20&continue=${first.metadata?.continue}`)).body
    expect(second.metadata?.resourceVersion).toBe(first.metadata?.resourceVersion)
    expect(namesOf(second)).not.toContain('list-99')
    await api.ask('DELETE', `${INGRESSES}/list-99`)
  })

  test.each([
    ['labelSelector=parity%3Deven', 13],
    ['labelSelector=parity!%3Deven', 12],
    ['labelSelector=parity%20in%20(odd,none)', 12],
    ['labelSelector=!parity', 0],
    ['labelSelector=parity', 25],
    ['fieldSelector=metadata.name%3Dlist-03', 1],
    ['fieldSelector=metadata.name!%3Dlist-03,metadata.namespace%3Ddefault', 24],
  ])('%s finds %i', async (query, count) => {
    expect(items((await api.ask('GET', `${INGRESSES}?${query}`)).body)).toHaveLength(count)
    expect((await pages(`&${query}`)).flatMap(namesOf)).toHaveLength(count)
  })

  test.each(['limit=x', 'resourceVersion=abc', 'fieldSelector=spec.rules%3D1', 'continue=zzz'])(
    '%s is 400',
    async query => {
      expect((await api.ask('GET', `${INGRESSES}?${query}`)).status).toBe(400)
    },
  )

  test('kubectl gets rows, with the columns of the kind', async () => {
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'
    const { body } = await api.ask('GET', `${INGRESSES}?limit=1`, { accept })
    expect(body.kind).toBe('Table')
    const columns = body.columnDefinitions as unknown as { name: string }[]
    expect(columns.map(each => each.name)).toEqual(['Name', 'Class', 'Hosts', 'Address', 'Ports', 'Age'])
    expect(JSON.stringify(body.rows)).toContain('"cells":["list-00","nginx","*"')
  })
})

describe('watches', () => {
  const versionNow = async () => String((await api.ask('GET', INGRESSES)).body.metadata?.resourceVersion)
  const named = (events: { type: string; object: Json }[]) =>
    events.filter(each => each.type !== 'BOOKMARK').map(each => `${each.type} ${each.object.metadata?.name}`)
  const unserved = (name: string) => ({
    ...ingress(name),
    spec: { ...ingress(name).spec, ingressClassName: 'nobody' },
  })

  test('a watch tells every change after its version, in order', async () => {
    const from = await versionNow()
    await api.ask('POST', INGRESSES, { body: unserved('seen') })
    const watch = await api.watch(
      `${INGRESSES}?watch=true&resourceVersion=${from}&fieldSelector=metadata.name%3Dseen`,
    )
    await api.ask('PATCH', `${INGRESSES}/seen`, { body: { metadata: { labels: { a: 'b' } } }, type: MERGE })
    await api.ask('DELETE', `${INGRESSES}/seen`)
    await vi.waitFor(() =>
      expect(named(watch.events)).toEqual(['ADDED seen', 'MODIFIED seen', 'DELETED seen']),
    )
    const versions = watch.events.map(each => Number(each.object.metadata?.resourceVersion))
    expect(versions).toEqual([...versions].sort((a, b) => a - b))
    watch.stop()
  })

  test('an object that stops matching the selector is told as deleted', async () => {
    await api.ask('POST', INGRESSES, { body: unserved('leaver') })
    const from = await versionNow()
    const watch = await api.watch(`${INGRESSES}?watch=true&resourceVersion=${from}&labelSelector=in`)
    const label = (value: string | null) =>
      api.ask('PATCH', `${INGRESSES}/leaver`, { body: { metadata: { labels: { in: value } } }, type: MERGE })
    await label('yes')
    await label(null)
    await vi.waitFor(() => expect(named(watch.events)).toEqual(['ADDED leaver', 'DELETED leaver']))
    watch.stop()
  })

  test('without a version it begins with everything there is', async () => {
    const watch = await api.watch(`${INGRESSES}?watch=true&labelSelector=parity`)
    await vi.waitFor(() => expect(named(watch.events)).toHaveLength(25))
    watch.stop()
  })

  test('bookmarks come when asked for, and only then', async () => {
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

  test('it ends by itself after timeoutSeconds', async () => {
    const watch = await api.watch(
      `${INGRESSES}?watch=true&resourceVersion=${await versionNow()}&timeoutSeconds=1`,
    )
    await vi.waitFor(() => expect(watch.ended).toBe(true), { timeout: 5000 })
  })

  test('a version that is forgotten is told as ERROR 410, and pages under way are 410', async () => {
    const from = await versionNow()
    const first = (await api.ask('GET', `${INGRESSES}?limit=5`)).body
    const open = await api.watch(`${INGRESSES}?watch=true&resourceVersion=${from}`)
    await api.admin('/faults', { expire: true })
    const late = await api.watch(`${INGRESSES}?watch=true&resourceVersion=${from}`)
    await vi.waitFor(() => expect(late.ended).toBe(true))
    expect(late.events).toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }])
    const next = await api.ask('GET', `${INGRESSES}?limit=5&continue=${first.metadata?.continue}`)
    expect([next.status, next.body.reason]).toEqual([410, 'Expired'])
    expect(open.ended).toBe(false)
    open.stop()
  })
})
