import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { slowestOf } from '@/lib/domain/effect'
import { farSide, gateway } from './far-side'
import { FAST, id, sampling, until, weighted } from './sampling'
import type { Setup } from './world'

/** A replica of the controller: the weight it has applied, and what it was asked. */
async function replica(weight: number, choose?: (request: IncomingMessage) => 'stable' | 'canary') {
  const asked: IncomingMessage['headers'][] = []
  let chosen = choose ?? weighted(weight)
  const far = await farSide(
    gateway({
      choose: request => {
        asked.push(request.headers)
        return chosen(request)
      },
    }),
  )
  const url = `http://127.0.0.1:${far.port}`
  const apply = (next: number) => {
    chosen = weighted(next)
  }
  return { ...far, url, asked, apply }
}

type Replica = Awaited<ReturnType<typeof replica>>

function over(replicas: readonly Replica[], setup: Setup) {
  const gateways = replicas.map(({ url }) => ({ cluster: null, className: 'nginx', url }))
  const on = sampling(0, setup, { gateways })
  const of = ({ url }: Replica) => on.seen.samples?.replicas.find(each => each.url === url)
  const isProven = (each: Replica) => of(each)?.inEffect != null
  return { ...on, of, isProven }
}

test('replicas are asked in turn, in every lane, at the pace of one', async () => {
  const [a, b] = [await replica(0), await replica(0)]
  const { samplers, seen } = over([a, b], { cookie: 'vip_user', sampling: FAST })
  samplers.watch(id)
  const marked = ({ asked }: Replica) => asked.filter(({ cookie }) => cookie === 'vip_user=always').length
  await until(() => expect(Math.min(marked(a), marked(b))).toBeGreaterThan(1))
  expect(Math.abs(a.asked.length - b.asked.length)).toBeLessThan(5)
  expect(seen.samples?.perSecond).toBe(49)
  expect(seen.samples?.target).toBe(`${a.url}/user, ${b.url}/user`)
  for (const each of [a, b]) expect(each.connections()).toBeLessThan(each.asked.length / 3 + 5)
})

test('a frozen replica keeps the change from being in effect, and is named, until it follows', async () => {
  const [quick, frozen] = [await replica(0), await replica(0)]
  const { samplers, seen, reconfigure, lane, of, isProven } = over([quick, frozen], { sampling: FAST })
  samplers.watch(id)
  await until(() => expect(lane('everyone')?.verdict).toBe('as-configured'))

  quick.apply(50)
  reconfigure({ weight: 50, sampling: FAST })
  await until(() => expect(isProven(quick)).toBe(true))
  await until(() => expect(lane('everyone')).toMatchObject({ expected: 0.5, verdict: 'not-as-configured' }))
  expect(seen.samples?.inEffect).toBeNull()
  expect(seen.samples?.inEffectMissing).toBeGreaterThan(0)
  expect(slowestOf(seen.samples?.replicas ?? [])).toMatchObject({ url: frozen.url, inEffect: null })

  frozen.apply(50)
  await until(() => expect(seen.samples?.inEffect).not.toBeNull())
  expect(of(frozen)?.inEffect).toBe(seen.samples?.inEffect)
  await until(() => expect(lane('everyone')?.verdict).toBe('as-configured'))
})

test('two wrongs that are right on average: as configured on the whole, in effect on neither', async () => {
  const [empty, full] = [await replica(0), await replica(100)]
  const { samplers, seen, lane } = over([empty, full], { weight: 50, sampling: FAST })
  samplers.watch(id)
  await until(() => expect(lane('everyone')).toMatchObject({ expected: 0.5, verdict: 'as-configured' }))
  expect(seen.samples?.inEffect).toBeNull()
  expect(seen.samples?.replicas.map(each => each.inEffect)).toEqual([null, null])
})

test('a rule that one replica does not know is not in effect', async () => {
  const [knows, not] = [await replica(0), await replica(0, () => 'stable')]
  const { samplers, seen, reconfigure, lane, isProven } = over([knows, not], { sampling: FAST })
  samplers.watch(id)
  await until(() => expect(lane('everyone')?.stable).toBeGreaterThan(5))
  reconfigure({ cookie: 'vip_user', sampling: FAST })
  await until(() => expect(isProven(knows)).toBe(true))
  await until(() => expect(lane('cookie')?.verdict).toBe('not-as-configured'))
  expect(isProven(not)).toBe(false)
  expect(seen.samples?.inEffect).toBeNull()
})

test('a replica that is gone holds the proof up, and does not make the canary look bad', async () => {
  const [up, down] = [await replica(0), await replica(0)]
  const { samplers, seen, reconfigure, lane, isProven } = over([up, down], { sampling: FAST })
  samplers.watch(id)
  await until(() => expect(lane('everyone')?.stable).toBeGreaterThan(5))
  await down.close()
  up.apply(100)
  reconfigure({ weight: 100, sampling: FAST })
  await until(() => expect(isProven(up)).toBe(true))
  await until(() => expect(lane('everyone')?.verdict).toBe('as-configured'))
  expect(seen.samples?.inEffect).toBeNull()
  expect(slowestOf(seen.samples?.replicas ?? [])?.url).toBe(down.url)
})
