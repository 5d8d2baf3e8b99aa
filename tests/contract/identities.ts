import { describe, expect, test } from 'vitest'
import { type Story, saidBy } from './stage'

const NOBODY = 'system:anonymous'
const HALFTONE = 'system:serviceaccount:halftone:halftone'

/** Who is asking, and what may be read without being anybody. */
export const identities: Story = stage =>
  describe('identities', () => {
    const ask = (path: string, token: string) => stage().api.ask('GET', path, { token })

    test('a token that is not known is 401, no token is nobody', async () => {
      const pods = '/api/v1/pods'
      const unknown = await ask(pods, 'wrong')
      expect(unknown.body).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'Unauthorized',
        reason: 'Unauthorized',
        code: 401,
      })
      const why = `User "${NOBODY}" cannot list resource "pods" in API group "" at the cluster scope`
      expect(saidBy(await ask(pods, ''))).toEqual([403, 'Forbidden', `pods is forbidden: ${why}`])
    })

    test.each(['/readyz', '/livez', '/healthz'])('%s answers ok to anybody', async path => {
      const { far } = stage()
      for (const token of ['', far.tokens.halftone, far.tokens.admin]) {
        const answer = await ask(path, token)
        expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([
          200,
          'ok',
          'text/plain; charset=utf-8',
        ])
      }
    })

    test('a wrong token is not let in even there', async () => {
      expect((await ask('/readyz', 'wrong')).status).toBe(401)
    })

    test('anybody can read the version', async () => {
      const answer = await ask('/version', '')
      expect(answer.body).toMatchObject({ major: '1', minor: '34', gitVersion: 'v1.34.4' })
    })

    test.each(['/api', '/apis', '/openapi/v3'])('%s is for those who have signed in', async path => {
      const why = `forbidden: User "${NOBODY}" cannot get path "${path}"`
      expect(saidBy(await ask(path, ''))).toEqual([403, 'Forbidden', why])
      expect((await ask(path, stage().far.tokens.halftone)).status).toBe(200)
    })

    test.each(['/metrics', '/nothing'])('%s is not for Halftone, whether it is there or not', async path => {
      const answer = await ask(path, stage().far.tokens.halftone)
      expect(saidBy(answer)).toEqual([
        403,
        'Forbidden',
        `forbidden: User "${HALFTONE}" cannot get path "${path}"`,
      ])
    })
  })
