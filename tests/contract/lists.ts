import { beforeAll, describe, expect, test } from 'vitest'
import { fieldsOf, itemsOf } from '@/lib/domain/raw'
import type { Json } from './client'
import { unserved } from './objects'
import { type Ground, reasonOf, type Story, saidBy, versionOf } from './stage'

const namesOf = (body: Json) => itemsOf(body.items).map(each => fieldsOf(fieldsOf(each).metadata).name)

/** Lists: pages of one moment, and a version from which a watch goes on. */
export const lists: Story = stage =>
  describe('lists', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
      for (let i = 0; i < 12; i++) {
        const body = unserved(`list-${String(i).padStart(2, '0')}`, {
          labels: { parity: i % 2 === 0 ? 'even' : 'odd' },
        })
        await stage().api.ask('POST', ground.ingresses, { body })
      }
    })

    const list = (query: string) => stage().api.ask('GET', `${ground.ingresses}?${query}`)

    async function pages(query: string) {
      const found: Json[] = []
      let next = ''
      do {
        const { body } = await list(`limit=5${query}${next && `&continue=${next}`}`)
        found.push(body)
        next = String(body.metadata?.continue ?? '')
      } while (next)
      return found
    }

    test('pages together are the whole list, once each and in order', async () => {
      const whole = namesOf((await list('')).body)
      const found = await pages('')
      expect(whole).toHaveLength(12)
      expect(found.map(each => namesOf(each).length)).toEqual([5, 5, 2])
      expect(found.flatMap(namesOf)).toEqual(whole)
    })

    test('a page says how many remain, unless a selector makes that unknown', async () => {
      expect((await pages('')).map(each => each.metadata?.remainingItemCount)).toEqual([7, 2, undefined])
      const chosen = await pages('&labelSelector=parity')
      expect(chosen.map(each => each.metadata?.remainingItemCount)).toEqual([undefined, undefined, undefined])
    })

    test('all pages show the moment of the first, and bear its version', async () => {
      const { api } = stage()
      const first = await list('limit=8')
      await api.ask('POST', ground.ingresses, { body: unserved('list-99') })
      await api.ask('DELETE', `${ground.ingresses}/list-10`)
      const second = await list(`limit=8&continue=${first.body.metadata?.continue}`)
      expect(namesOf(second.body)).toEqual(['list-08', 'list-09', 'list-10', 'list-11'])
      expect(versionOf(second)).toBe(versionOf(first))
      expect(namesOf((await list('')).body)).toContain('list-99')
      await api.ask('DELETE', `${ground.ingresses}/list-99`)
      await api.ask('POST', ground.ingresses, { body: unserved('list-10', { labels: { parity: 'even' } }) })
    })

    test('a list says what it holds, its objects do not', async () => {
      const { body } = await list('limit=1')
      expect(body).toMatchObject({ kind: 'IngressList', apiVersion: 'networking.k8s.io/v1' })
      expect(Object.keys(fieldsOf(itemsOf(body.items)[0])).sort()).toEqual(['metadata', 'spec', 'status'])
    })

    test('the version of a list is not before that of any of its objects', async () => {
      const answer = await list('')
      const versions = itemsOf(answer.body.items).map(each =>
        Number(fieldsOf(fieldsOf(each).metadata).resourceVersion),
      )
      expect(Number(versionOf(answer))).toBeGreaterThanOrEqual(Math.max(...versions))
    })

    test('a list of everywhere holds those of every namespace; an unknown namespace is an empty list', async () => {
      const { api } = stage()
      const everywhere = await api.ask('GET', '/apis/networking.k8s.io/v1/ingresses')
      expect(namesOf(everywhere.body)).toEqual(expect.arrayContaining(['list-00', 'list-11']))
      const nowhere = await api.ask('GET', '/apis/networking.k8s.io/v1/namespaces/nowhere/ingresses')
      expect([nowhere.status, nowhere.body.items]).toEqual([200, []])
    })

    test.each([
      ['labelSelector=parity%3Deven', 6],
      ['labelSelector=parity%3D%3Deven', 6],
      ['labelSelector=parity!%3Deven', 6],
      ['labelSelector=parity%20in%20(odd,none)', 6],
      ['labelSelector=parity%20notin%20(odd)', 6],
      ['labelSelector=parity,parity!%3Dodd', 6],
      ['labelSelector=!parity', 0],
      ['labelSelector=parity', 12],
      ['fieldSelector=metadata.name%3Dlist-03', 1],
      ['fieldSelector=metadata.name%3Dlist-03,metadata.namespace%3Ddefault', 0],
      ['fieldSelector=metadata.name!%3Dlist-03', 11],
    ])('%s finds %i, in pages too', async (query, count) => {
      expect(namesOf((await list(query)).body)).toHaveLength(count)
      expect((await pages(`&${query}`)).flatMap(namesOf)).toHaveLength(count)
    })

    test.each([
      ['limit=x', 'strconv.ParseInt: parsing "x": invalid syntax'],
      [
        'resourceVersion=abc',
        'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
      ],
      [
        'fieldSelector=spec.rules%3D1',
        '"spec.rules" is not a known field selector: only "metadata.name", "metadata.namespace"',
      ],
      ['fieldSelector=abc', "invalid selector: 'abc'; can't understand 'abc'"],
    ])('%s is refused with a reason', async (query, message) => {
      expect(saidBy(await list(query))).toEqual([400, 'BadRequest', message])
    })

    test.each(['labelSelector=a%3Db%3Dc', 'labelSelector=a%20in%20b', 'labelSelector=-a', 'continue=zzz'])(
      '%s is refused',
      async query => {
        expect(reasonOf(await list(query))).toEqual([400, 'BadRequest'])
      },
    )

    test('a version beside a token is refused', async () => {
      const first = await list('limit=5')
      const both = `continue=${first.body.metadata?.continue}&resourceVersion=${versionOf(first)}`
      expect(saidBy(await list(both))).toEqual([
        400,
        'BadRequest',
        'specifying resource version is not allowed when using continue',
      ])
    })

    test('a version that is not reached yet is 504 after a while, and says when to come again', async () => {
      const answer = await list('resourceVersion=999999999')
      expect([answer.status, answer.body.reason, answer.headers['retry-after']]).toEqual([
        504,
        'Timeout',
        '1',
      ])
      expect(answer.body.message).toMatch(/^Timeout: Too large resource version: 999999999, current: \d+$/)
    })
  })
