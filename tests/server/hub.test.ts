import { describe, expect, test } from 'vitest'
import type { ClusterState } from '@/lib/domain/model/cluster'
import { Hub, type Message, topicOf } from '@/lib/server/hub'

const text = (message: Message) => new TextDecoder().decode(message.bytes)
const live = (cluster: string): ClusterState => ({
  cluster,
  context: cluster,
  server: 'https://x',
  version: 'v1.35.0',
  state: 'live',
  since: '2026-01-01T00:00:00.000Z',
  nextTryAt: null,
  gateway: null,
  unreadable: [],
  readOnly: false,
})

describe('the hub', () => {
  test.each([
    ['cluster/prod', 'cluster'],
    ['board/prod/shop/cart', 'board'],
    ['routes/prod/shop/cart', 'routes'],
    ['release/prod/shop/cart', 'release/prod/shop/cart'],
    ['samples/prod/shop/cart', 'samples/prod/shop/cart'],
  ])('%s is of topic %s', (key, topic) => {
    expect(topicOf(key)).toBe(topic)
  })

  test('a newcomer finds the latest whole value of every key, and nothing that has gone', () => {
    const hub = new Hub()
    hub.publish({ key: 'cluster/a', value: { ...live('a'), state: 'stale' } })
    hub.publish({ key: 'cluster/b', value: live('b') })
    hub.publish({ key: 'cluster/a', value: live('a') })
    hub.publish({ key: 'cluster/b', value: null })
    expect(hub.snapshot('cluster').map(text)).toEqual([
      `data: ${JSON.stringify({ key: 'cluster/a', value: live('a') })}\n\n`,
    ])
    expect(hub.snapshot('board')).toEqual([])
  })

  test('subscribers hear what is published afterwards, of their topic only, until they leave', () => {
    const hub = new Hub()
    const heard: string[] = []
    const leave = hub.subscribe('cluster', message => heard.push(text(message)))
    hub.publish({ key: 'routes/a/b/c', value: [] })
    hub.publish({ key: 'cluster/a', value: null })
    leave()
    leave()
    hub.publish({ key: 'cluster/a', value: live('a') })
    expect(heard).toEqual(['data: {"key":"cluster/a","value":null}\n\n'])
  })

  test('all subscribers get the very same bytes', () => {
    const hub = new Hub()
    const heard: Uint8Array[] = []
    hub.subscribe('cluster', message => heard.push(message.bytes))
    hub.subscribe('cluster', message => heard.push(message.bytes))
    hub.publish({ key: 'cluster/a', value: live('a') })
    expect(heard).toHaveLength(2)
    expect(heard[0]).toBe(heard[1])
  })

  test('a topic is watched from its first subscriber to its last, once', () => {
    const told: string[] = []
    const hub = new Hub(topic => {
      told.push(`first of ${topic}`)
      return () => told.push(`last of ${topic}`)
    })
    const leaveA = hub.subscribe('samples/a/b/c', () => {})
    const leaveB = hub.subscribe('samples/a/b/c', () => {})
    leaveA()
    leaveA()
    expect(told).toEqual(['first of samples/a/b/c'])
    leaveB()
    hub.subscribe('samples/a/b/c', () => {})
    expect(told).toEqual(['first of samples/a/b/c', 'last of samples/a/b/c', 'first of samples/a/b/c'])
  })
})
