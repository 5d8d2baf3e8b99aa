// @vitest-environment happy-dom
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { SentRequest } from '@/lib/contract'
import type { DecisionView } from '@/lib/domain/decision-view'
import { openRelease, region, releaseFrame, tell, textOf } from '@/tests/components/release/open-release'
import { decisionByHeader, referenceDecision, referenceSent } from '@/tests/fixtures/decisions'
import { referenceRelease } from '@/tests/fixtures/frames'

vi.setConfig({ testTimeout: 60_000 })

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

type Asked = { url: string; body: Record<string, Record<string, string>> }
type Answers = { decide?: (body: Asked['body']) => object | Promise<object>; request?: () => Response }

const route = referenceRelease().routes[0]

/** The server as far as this panel asks it: decided by the header `role: test`, else by the weight. */
function serving({ decide, request = () => Response.json(referenceSent()) }: Answers = {}): Asked[] {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body))
    asked.push({ url, body })
    if (url.endsWith('/request')) return request()
    return Response.json(
      await (decide?.(body) ?? (body.headers.role === 'test' ? decisionByHeader : referenceDecision())),
    )
  })
  return asked
}

const panel = () => region('Try a request')
const field = (name: string) => panel().getByRole('textbox', { name })
const button = (name: string) => panel().getByRole('button', { name })
const click = (name: string) => userEvent.click(button(name))
const lines = () =>
  within(panel().getByRole('list', { name: 'What each rung says' }))
    .getAllByRole('listitem')
    .map(textOf)
/** On a busy machine an answer takes its time. */
const until = (expectation: () => void) => waitFor(expectation, { timeout: 15_000 })
const says = (text: string | RegExp) =>
  until(() => expect(textOf(screen.getByRole('region', { name: 'Try a request' }))).toMatch(text))
const decidesIn = (name: string) =>
  region('Rules')
    .getAllByRole('listitem')
    .find(each => textOf(each).includes(`${name} (The request beside it is decided here.)`))

describe('what a request would get', () => {
  test('without marks first, asked of the controller that serves this release', async () => {
    const asked = serving()
    openRelease()
    await says(/user-v2 20 of 100, user-v1 the rest/)
    expect(asked[0]).toEqual({
      url: '/api/clusters/kind-dev/decide',
      body: {
        release: { namespace: 'default', name: 'user-canary' },
        host: '',
        path: route?.path,
        headers: {},
        cookies: {},
      },
    })
    expect(decidesIn('Weight')).toBeDefined()
  })

  test('the mark of a rule at one stroke: every rung, the one that decides, and the command', async () => {
    serving()
    openRelease()
    await click('the header rule’s mark')
    await says(/user-v2 always, for this request/)
    expect(lines()).toEqual([
      'Route/user of default/nginx-ingress leads to service-user-v1, go on',
      'Stableservice-user-v1 has ready endpoints, go on',
      'Affinitynone, go on',
      'Canaryservice-user-v2 of user-canary has ready endpoints, go on',
      'Headerrole is test: decided here',
      'Cookienot reached',
      'Weightnot reached',
    ])
    expect(decidesIn('Header')).toBeDefined()
    expect(decidesIn('Weight')).toBeUndefined()
    await says(/curl -H 'role: test' http:\/\/127\.0\.0\.1:8080\/user/)
  })

  test('marks are typed by keyboard alone, and taken away again', async () => {
    const asked = serving()
    openRelease()
    await click('Add header')
    expect(document.activeElement).toBe(field('Request header 1, name'))
    await userEvent.keyboard('role{Tab}test')
    await says(/always, for this request/)
    await click('Add header')
    expect(document.activeElement).toBe(field('Request header 2, name'))
    await click('Remove request header 2')
    await click('Remove request header 1')
    expect(document.activeElement).toBe(button('Add header'))
    await says(/20 of 100/)
    await click('Add cookie')
    await userEvent.keyboard('vip_user{Tab}never')
    await until(() => expect(asked.at(-1)?.body.cookies).toEqual({ vip_user: 'never' }))
    await click('Clear')
    await until(() => expect(asked.at(-1)?.body.cookies).toEqual({}))
  })

  test('an answer to an older question is never shown as the answer to this one', async () => {
    const held: (() => void)[] = []
    serving({
      decide: body =>
        body.headers?.role === 'test'
          ? decisionByHeader
          : new Promise<object>(resolve => held.push(() => resolve(referenceDecision()))),
    })
    openRelease()
    await until(() => expect(held.length).toBe(1))
    await says('Asking …')
    await click('the header rule’s mark')
    await says(/always, for this request/)
    for (const answer of held) answer()
    await says(/always, for this request/)
    await click('no marks')
    await says('Asking …')
    expect(decidesIn('Header')).toBeUndefined()
  })

  test('a change of the release is asked about anew, and what was typed stays', async () => {
    const asked = serving()
    openRelease()
    await click('the header rule’s mark')
    await says(/always, for this request/)
    const before = asked.length
    tell(releaseFrame({ resourceVersion: '1043' }))
    await until(() => expect(asked.length).toBeGreaterThan(before))
    expect(field('Request header 1, value')).toHaveProperty('value', 'test')
  })

  test('what cannot be sent is said at its field, and nothing is asked', async () => {
    const asked = serving()
    openRelease()
    await says(/20 of 100/)
    const before = asked.length
    await click('Add header')
    await userEvent.keyboard('Host{Tab}evil.test')
    expect(field('Request header 1, name').getAttribute('aria-invalid')).toBe('true')
    await says(/belongs to the connection, the request itself or its sender/)
    expect(panel().queryByRole('button', { name: 'Send it for real' })).toBeNull()
    expect(asked.length).toBe(before)
  })

  test('a header that nginx drops is said to be dropped', async () => {
    serving()
    openRelease()
    await click('Add header')
    await userEvent.keyboard('my_role')
    await says(/nginx drops the header my_role/)
  })

  test('a path of another route: where it lands, and no mark in this ladder', async () => {
    const pay = { ...referenceDecision().route, path: '/pay', release: 'pay-canary' } as DecisionView['route']
    serving({ decide: () => referenceDecision({ route: pay, release: 'pay-canary' }) })
    openRelease()
    await userEvent.clear(field('Path'))
    await userEvent.type(field('Path'), '/pay')
    await says(/It lands on \/pay, where the release pay-canary decides, not this one/)
    expect(decidesIn('Weight')).toBeUndefined()
  })

  test.each<[string, Partial<DecisionView>, RegExp]>([
    [
      '503',
      { to: '503', because: 'endpoints', steps: referenceDecision().steps.slice(0, 1) },
      /503: nobody answers/,
    ],
    [
      '404',
      { to: '404', because: 'location', route: null, release: null, steps: [] },
      /404: no route takes it/,
    ],
    [
      'unknown',
      { to: 'unknown', because: 'header', steps: referenceDecision().steps.slice(0, 1) },
      /Cannot be told/,
    ],
    [
      'another controller',
      { to: 'unknown', because: 'location', steps: [] },
      /ingress-nginx does not serve this release/,
    ],
  ])('%s', async (_case, part, expected) => {
    serving({ decide: () => referenceDecision(part) })
    openRelease()
    await says(expected)
  })

  test('a wildcard route wants a host first', async () => {
    const asked = serving()
    openRelease({ release: { routes: [{ ...(route as NonNullable<typeof route>), host: '*.shop.test' }] } })
    await says(/Type a host that \*\.shop\.test takes/)
    expect(asked).toEqual([])
    await userEvent.type(field('Host'), 'a.shop.test')
    await until(() => expect(asked.at(-1)?.body.host).toBe('a.shop.test'))
    await says(/curl -H 'Host: a\.shop\.test'/)
  })

  test('while the picture is old, so is the answer', async () => {
    serving()
    openRelease({ cluster: { state: 'stale' } })
    await says(/What you see is not current/)
  })

  test('a draft of the rules is not what requests are decided by', async () => {
    serving()
    openRelease()
    await says(/20 of 100/)
    await userEvent.type(region('Rules').getByRole('textbox', { name: 'Header value' }), 'x')
    await says(/your draft is not in it/)
    expect(decidesIn('Weight')).toBeUndefined()
  })

  test('in Chinese', async () => {
    serving()
    openRelease({ language: 'zh-CN' })
    await until(() =>
      expect(textOf(screen.getByRole('region', { name: '试一个请求' }))).toContain(
        '每 100 个中的 20 个，按请求抽取：在此决定',
      ),
    )
  })
})

describe('sent for real', () => {
  const sending = async (part: Partial<SentRequest>, marks = true) => {
    const asked = serving({ request: () => Response.json(referenceSent(part)) })
    openRelease()
    if (marks) await click('the header rule’s mark')
    await says(marks ? /always, for this request/ : /20 of 100/)
    await click('Send it for real')
    return asked
  }

  test('the version that answered stands beside the prediction', async () => {
    const asked = await sending({})
    await says(
      /Answered just now: user-v2 200 · 12 ms · through http:\/\/127\.0\.0\.1:8080 · user-v2-fc9d84585-2zztd/,
    )
    await says(/As predicted\./)
    expect(asked.at(-1)).toEqual({
      url: '/api/clusters/kind-dev/releases/default/user-canary/request',
      body: { path: route?.path, headers: { role: 'test' }, cookies: {} },
    })
  })

  test('an answer of before is not held against what is predicted now', async () => {
    await sending({})
    await says(/As predicted\./)
    tell(releaseFrame({ resourceVersion: '1043' }))
    await says(/The release has changed since: send it again/)
    expect(panel().queryByText('As predicted.')).toBeNull()
    await click('Send it for real')
    await says(/As predicted\./)
  })

  test('where they differ it is said plainly, with what may be the reason', async () => {
    await sending({ answered: 'stable', version: 'user-v1', isDue: false })
    await says(/Not as predicted: that was user-v2\.The last change is not due yet.*another replica/)
  })

  test('one answer proves nothing about a split', async () => {
    await sending({ predicted: 'split' }, false)
    await says(/One answer proves nothing about a split/)
  })

  test.each<[string, Partial<SentRequest>, RegExp]>([
    [
      'no version recognised',
      { answered: 'unknown', version: null, why: 'unknown-answers' },
      /No version recognised.*the answer names neither version/,
    ],
    [
      'no answer',
      { answered: 'error', version: null, status: null, why: 'gateway-unreachable' },
      /No usable answer.*the gateway does not answer/,
    ],
    [
      'not sent',
      { answered: 'error', gateway: null, why: 'sampling-off' },
      /Nothing was sent: sampling is switched off/,
    ],
  ])('%s', async (_case, part, expected) => {
    await sending(part)
    await says(expected)
  })

  test('a refusal is said in place, and another question takes the answer away', async () => {
    serving({
      request: () =>
        Response.json(
          { type: 'x', status: 429, code: 'too-many-requests', title: 'Too many requests', requestId: 'r' },
          { status: 429 },
        ),
    })
    openRelease()
    await says(/20 of 100/)
    await click('Send it for real')
    await says(/Too many requests\./)
    await click('the header rule’s mark')
    expect(textOf(screen.getByRole('region', { name: 'Try a request' }))).not.toContain('Too many requests')
  })
})
