import { beforeAll, describe, expect, test } from 'vitest'
import { MERGE } from './client'
import { unserved } from './objects'
import { type Ground, type Story, saidBy } from './stage'

const NGINX = 'nginx.ingress.kubernetes.io/'
const DENIED = 'admission webhook "validate.nginx.ingress.kubernetes.io" denied the request:'
const CANARY = { [`${NGINX}canary`]: 'true', [`${NGINX}canary-weight`]: '0' }
const HOST = 'admission.test'

type Wanted = { annotations?: object; host?: string; path?: string; pathType?: string; className?: string }

const wanted = (name: string, { annotations = {}, className = 'nginx', ...where }: Wanted = {}) => {
  const { host = HOST, path = '/user', pathType = 'Prefix' } = where
  const backend = { service: { name: 's', port: { number: 80 } } }
  const rules = [{ host, http: { paths: [{ path, pathType, backend }] } }]
  return unserved(name, { annotations }, { ingressClassName: className, rules })
}

/** Refusals of ingress-nginx's webhook, as they reach whoever writes; it is asked on dry runs and for patches too. */
export const admission: Story = stage =>
  describe('admission', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
      for (const body of [wanted('main'), wanted('canary', { annotations: CANARY })]) {
        const { status, text } = await stage().api.ask('POST', ground.ingresses, { body })
        expect(status, text).toBe(201)
      }
    })

    const create = (body: object) => stage().api.ask('POST', `${ground.ingresses}?dryRun=All`, { body })
    const taken = () => [
      400,
      'BadRequest',
      `${DENIED} host "${HOST}" and path "/user" is already defined in ingress ${ground.namespace}/main`,
    ]

    test('a path that another Ingress has is refused, from another namespace too', async () => {
      expect(saidBy(await create(wanted('again')))).toEqual(taken())
      const elsewhere = await stage().ground()
      const again = await stage().api.ask('POST', elsewhere.ingresses, { body: wanted('again') })
      expect(saidBy(again)).toEqual(taken())
    })

    test('a canary that would become an ordinary Ingress is refused, in whatever form it is told', async () => {
      const path = `${ground.ingresses}/canary`
      const body = { metadata: { annotations: { [`${NGINX}canary`]: null } } }
      expect(saidBy(await stage().api.ask('PATCH', path, { body, type: MERGE }))).toEqual(taken())
      expect(saidBy(await stage().api.ask('PUT', path, { body: wanted('canary') }))).toEqual(taken())
    })

    test.each([
      ['a canary beside its main', wanted('second', { annotations: CANARY })],
      ['a canary without a main', wanted('alone', { annotations: CANARY, host: 'other.test' })],
      ['the same path of another type', wanted('exact', { pathType: 'Exact' })],
      ['an Ingress of another class', wanted('again', { className: 'nobody' })],
    ])('%s is let in', async (_what, body) => {
      const { status, text } = await create(body)
      expect(status, text).toBe(201)
    })

    test.each(['abc', '-1', '200', ''])(
      'a weight of "%s" is let in: the webhook reads no weights',
      async weight => {
        const answer = await stage().api.ask('PATCH', `${ground.ingresses}/canary?dryRun=All`, {
          body: { metadata: { annotations: { [`${NGINX}canary-weight`]: weight } } },
          type: MERGE,
        })
        expect(answer.status, answer.text).toBe(200)
      },
    )

    test.each(['configuration-snippet', 'server-snippet'])('%s is refused', async snippet => {
      const annotations = { [NGINX + snippet]: 'x' }
      const why = `${NGINX}${snippet} annotation cannot be used. Snippet directives are disabled by the Ingress administrator`
      expect(saidBy(await create(wanted('x', { annotations, host: 'other.test' })))).toEqual([
        400,
        'BadRequest',
        `${DENIED} ${why}`,
      ])
    })

    test.each(['/a{b', '/a;b', '/a(/|$)(.*)'])('the prefix %s is refused', async path => {
      const why = `ingress contains invalid paths: path ${path} cannot be used with pathType Prefix`
      expect(saidBy(await create(wanted('x', { path, host: 'other.test' })))).toEqual([
        400,
        'BadRequest',
        `${DENIED} ${why}`,
      ])
    })

    test('a canary rule without paths crashes the webhook, which is 500', async () => {
      const body = unserved(
        'x',
        { annotations: CANARY },
        { ingressClassName: 'nginx', rules: [{ host: HOST }] },
      )
      const answer = await create(body)
      expect([answer.status, answer.body.reason]).toEqual([500, 'InternalError'])
      expect(answer.body.message).toMatch(
        /^Internal error occurred: failed calling webhook "validate\.nginx\.ingress\.kubernetes\.io": failed to call webhook: Post .*: EOF$/,
      )
    })
  })
