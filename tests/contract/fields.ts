import { beforeAll, describe, expect, test } from 'vitest'
import { MERGE } from './client'
import { unserved } from './objects'
import { type Ground, type Story, saidBy } from './stage'

/** Fields that a kind does not have, that hold what they cannot, or that are told in another way by now. */
export const fields: Story = stage =>
  describe('fields', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    const ask = (...args: Parameters<ReturnType<typeof stage>['api']['ask']>) => stage().api.ask(...args)

    test('a number for an annotation is 422 in a patch', async () => {
      const { path } = await stage().ingress(ground)
      const answer = await ask('PATCH', path, { body: { metadata: { annotations: { a: 1 } } }, type: MERGE })
      expect([answer.status, answer.body.reason]).toEqual([422, 'Invalid'])
      expect(answer.body.message).toMatch(/ObjectMeta\.metadata\.annotations of type string$/)
    })

    test('a field that does not exist is refused on wish, else dropped with a warning', async () => {
      const name = stage().fresh()
      const body = unserved(name, {}, { ingresClassName: 'typo' })
      const strict = await ask('POST', `${ground.ingresses}?fieldValidation=Strict`, { body })
      const what = 'Ingress in version "v1" cannot be handled as a Ingress'
      const why = `${what}: strict decoding error: unknown field "spec.ingresClassName"`
      expect(saidBy(strict)).toEqual([400, 'BadRequest', why])
      const kept = await ask('POST', ground.ingresses, { body })
      expect(kept.status).toBe(201)
      expect(kept.headers.warning).toBe('299 - "unknown field \\"spec.ingresClassName\\""')
      expect(kept.text).not.toContain('ingresClassName')
      const silent = await ask('POST', `${ground.ingresses}?fieldValidation=Ignore&dryRun=All`, {
        body: { ...body, metadata: { name: stage().fresh() } },
      })
      expect([silent.status, silent.headers.warning]).toEqual([201, undefined])
    })

    test('the old annotation for the class is taken, with a warning', async () => {
      const body = unserved(
        stage().fresh(),
        { annotations: { 'kubernetes.io/ingress.class': 'nobody' } },
        { ingressClassName: undefined },
      )
      const answer = await ask('POST', ground.ingresses, { body })
      expect([answer.status, answer.headers.warning]).toEqual([
        201,
        `299 - "annotation \\"kubernetes.io/ingress.class\\" is deprecated, please use 'spec.ingressClassName' instead"`,
      ])
    })

    const path = { path: '/a', pathType: 'Prefix', backend: { service: { name: 's', port: { number: 80 } } } }
    const rules = (change: object) => [{ http: { paths: [{ ...path, ...change }] } }]
    const port = { service: { name: 's', port: { number: '80' } } }

    test.each([
      [
        'text for rules',
        'abc',
        'string into Go struct field IngressSpec.spec.rules of type []v1.IngressRule',
      ],
      [
        'text for a port',
        rules({ backend: port }),
        'string into Go struct field ServiceBackendPort.spec.rules.http.paths.backend.service.port.number of type int32',
      ],
      [
        'a number for a path',
        rules({ path: 5 }),
        'number into Go struct field HTTPIngressPath.spec.rules.http.paths.path of type string',
      ],
    ])('%s is 400', async (_what, wrong, why) => {
      const what = 'Ingress in version "v1" cannot be handled as a Ingress: json: cannot unmarshal'
      const answer = await ask('POST', ground.ingresses, { body: unserved('x', {}, { rules: wrong }) })
      expect(saidBy(answer)).toEqual([400, 'BadRequest', `${what} ${why}`])
    })
  })
