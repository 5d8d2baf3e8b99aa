import { beforeAll, describe, expect, test, vi } from 'vitest'
import { type Json, MERGE } from './client'
import { unserved } from './objects'
import { type Ground, reasonOf, type Story, saidBy, versionOf } from './stage'

const SOON = { timeout: 10_000, interval: 20 }

const told = (events: readonly { type: string; object: Json }[]) =>
  events.filter(each => each.type !== 'BOOKMARK').map(each => `${each.type} ${each.object.metadata?.name}`)

/** Watches: every change after a version, and how the server says how far it has come. */
export const watches: Story = stage =>
  describe('watches', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    const now = async () => versionOf(await stage().api.ask('GET', ground.ingresses))
    const watch = (query: string) => stage().api.watch(`${ground.ingresses}?watch=true&${query}`)
    const label = (path: string, labels: object) =>
      stage().api.ask('PATCH', path, { body: { metadata: { labels } }, type: MERGE })

    test('a watch tells every change after its version, in order, with rising versions', async () => {
      const from = await now()
      const { name, path } = await stage().ingress(ground)
      const open = await watch(`resourceVersion=${from}`)
      await label(path, { a: 'b' })
      await stage().api.ask('DELETE', path)
      const all = [`ADDED ${name}`, `MODIFIED ${name}`, `DELETED ${name}`]
      await vi.waitFor(() => expect(told(open.events)).toEqual(all), SOON)
      const versions = open.events.map(each => Number(each.object.metadata?.resourceVersion))
      expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b))
      expect(open.events[2]?.object.metadata?.labels).toEqual({ a: 'b' })
      expect(open.events[0]?.object).toMatchObject({ kind: 'Ingress', apiVersion: 'networking.k8s.io/v1' })
      open.stop()
    })

    test('an object that begins to match a selector is ADDED, one that stops is DELETED', async () => {
      const { name, path } = await stage().ingress(ground)
      const open = await watch(`resourceVersion=${await now()}&labelSelector=in`)
      await label(path, { in: 'yes' })
      await label(path, { in: 'still' })
      await label(path, { in: null })
      const all = [`ADDED ${name}`, `MODIFIED ${name}`, `DELETED ${name}`]
      await vi.waitFor(() => expect(told(open.events)).toEqual(all), SOON)
      open.stop()
    })

    test('a watch of a namespace tells of no other; a watch of everywhere tells of all', async () => {
      const other = await stage().ground()
      const from = await now()
      const here = await watch(`resourceVersion=${from}`)
      const everywhere = await stage().api.watch(
        `/apis/networking.k8s.io/v1/ingresses?watch=1&resourceVersion=${from}`,
      )
      const one = await stage().ingress(other)
      const two = await stage().ingress(ground)
      const both = [`ADDED ${one.name}`, `ADDED ${two.name}`]
      await vi.waitFor(() => expect(told(everywhere.events)).toEqual(both), SOON)
      await vi.waitFor(() => expect(told(here.events)).toEqual([`ADDED ${two.name}`]), SOON)
      here.stop()
      everywhere.stop()
    })

    test('from version 0 it begins with everything there is', async () => {
      const { name } = await stage().ingress(ground, { labels: { there: 'yes' } })
      const open = await watch('resourceVersion=0&labelSelector=there')
      await vi.waitFor(() => expect(told(open.events)).toEqual([`ADDED ${name}`]), SOON)
      open.stop()
    })

    test('from a version that is not reached yet it waits without a word', async () => {
      const open = await watch('resourceVersion=999999999&timeoutSeconds=1')
      await stage().ingress(ground)
      await vi.waitFor(() => expect(open.ended).toBe(true), SOON)
      expect([open.status, open.events]).toEqual([200, []])
    })

    test('it ends by itself after timeoutSeconds', async () => {
      const open = await watch(`resourceVersion=${await now()}&timeoutSeconds=1`)
      expect(open.ended).toBe(false)
      await vi.waitFor(() => expect(open.ended).toBe(true), SOON)
    })

    test('two seconds before its end a bookmark says how far it has come, if asked for', async () => {
      const { name } = await stage().ingress(ground)
      const query = `resourceVersion=${await now()}&timeoutSeconds=4&fieldSelector=metadata.name%3D${name}`
      const [asking, other] = await Promise.all([watch(`${query}&allowWatchBookmarks=true`), watch(query)])
      const { object } = await stage().ingress(ground)
      await vi.waitFor(() => expect([asking.ended, other.ended]).toEqual([true, true]), SOON)
      expect(other.events).toEqual([])
      expect(asking.events.map(each => each.type)).toContain('BOOKMARK')
      const last = asking.events.at(-1)?.object
      expect(last).toMatchObject({ kind: 'Ingress', apiVersion: 'networking.k8s.io/v1' })
      expect(Number(last?.metadata?.resourceVersion)).toBeGreaterThanOrEqual(
        Number(object.metadata?.resourceVersion),
      )
    })

    test('one object is not watched by its address but by a selector of its name', async () => {
      const { path, name } = await stage().ingress(ground)
      const answer = await stage().api.ask('GET', `${path}?watch=true&timeoutSeconds=1`)
      expect(answer.body).toMatchObject({ kind: 'Ingress', metadata: { name } })
    })

    test('a selector that cannot be read is refused before the watch begins', async () => {
      const answer = await stage().api.ask('GET', `${ground.ingresses}?watch=true&labelSelector=a%3Db%3Dc`)
      expect(reasonOf(answer)).toEqual([400, 'BadRequest'])
    })

    test.each([
      [
        'watch=1&resourceVersionMatch=NotOlderThan',
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      ],
      [
        'watch=1&sendInitialEvents=true',
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ],
    ])('%s is refused', async (query, why) => {
      const answer = await stage().api.ask('GET', `${ground.ingresses}?${query}&timeoutSeconds=1`)
      expect(saidBy(answer)).toEqual([
        422,
        'Invalid',
        `ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: ${why}`,
      ])
    })

    test('objects of one kind come from one watch however many there are', async () => {
      const from = await now()
      const names = Array.from({ length: 30 }, () => stage().fresh())
      await Promise.all(
        names.map(name => stage().api.ask('POST', ground.ingresses, { body: unserved(name) })),
      )
      const open = await watch(`resourceVersion=${from}`)
      await vi.waitFor(() => expect(told(open.events)).toHaveLength(30), SOON)
      expect(told(open.events).sort()).toEqual(names.map(name => `ADDED ${name}`).sort())
      open.stop()
    })
  })
