// @vitest-environment happy-dom
import { cleanup, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import {
  openRelease,
  refused,
  region,
  releaseFrame,
  serve,
  tell,
  textOf,
  written,
} from '@/tests/components/release/open-release'
import { deadFinding, referenceRelease } from '@/tests/fixtures/frames'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const rules = () => region('Rules')
const field = (name: string) => rules().getByRole('textbox', { name })
const button = (name: RegExp | string) => rules().getByRole('button', { name })
const noButton = (name: RegExp) => expect(rules().queryByRole('button', { name })).toBeNull()
const retype = async (name: string, text: string) => {
  await userEvent.clear(field(name))
  await userEvent.type(field(name), text)
}

test('the rungs stand in the order in which the controller decides', () => {
  openRelease()
  const rungs = rules().getAllByRole('listitem').map(textOf)
  const names = ['Affinity', 'Header', 'Cookie', 'Weight', 'Everything else']
  expect(rungs.map((rung, index) => rung.includes(names[index] ?? '?'))).toEqual(names.map(() => true))
})

test('all edits are one draft, written as a whole with the version of when it began', async () => {
  const calls = serve(written({ resourceVersion: '1044' }))
  openRelease()
  await retype('Header value', 'beta')
  await retype('Cookie name', 'insider')
  tell(releaseFrame({ resourceVersion: '1043' }))
  await userEvent.click(button(/Apply rules/))
  expect(calls).toEqual([
    {
      method: 'PUT',
      url: '/api/clusters/kind-dev/releases/default/user-canary/rules',
      body: { header: { name: 'role', value: 'beta' }, cookie: 'insider', resourceVersion: '1042' },
    },
  ])
})

test('a field the server refuses says so at the field, in a sentence; the draft stays', async () => {
  serve(
    refused(422, {
      code: 'invalid-input',
      title: 'A header name has only letters, digits and hyphens',
      field: 'header.name',
      params: { rule: 'characters' },
    }),
  )
  openRelease()
  await retype('Header name', 'ro le')
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(field('Header name').getAttribute('aria-invalid')).toBe('true'))
  const told = document.getElementById(field('Header name').getAttribute('aria-describedby') ?? '')
  expect(textOf(told)).toContain('A header name has only letters, digits and hyphens')
  expect(field('Header name')).toHaveProperty('value', 'ro le')
  expect(field('Cookie name').getAttribute('aria-invalid')).toBeNull()
})

test('what is wrong with no field in particular is said below the rules', async () => {
  serve(refused(503, { code: 'cluster-unreachable', title: 'The cluster does not answer' }))
  openRelease()
  await retype('Header value', 'beta')
  await userEvent.click(button(/Apply rules/))
  expect(textOf(await rules().findByRole('alert'))).toBe('The cluster does not answer.')
})

test('Esc drops all edits at once', async () => {
  const calls = serve()
  openRelease()
  await retype('Header value', 'beta')
  await userEvent.keyboard('{Escape}')
  expect(field('Header value')).toHaveProperty('value', 'test')
  noButton(/Apply rules/)
  expect(calls).toEqual([])
})

test('a rule is removed and another added in the same draft', async () => {
  const calls = serve(written({ resourceVersion: '1043' }))
  openRelease({ release: { rules: { header: null, cookie: 'vip_user' } } })
  await userEvent.click(button('Remove the cookie rule'))
  expect(rules().getByText('This rule will be removed.')).toBeDefined()
  await userEvent.click(button('Add a header rule'))
  await retype('Header name', 'x-beta')
  await userEvent.selectOptions(rules().getByRole('combobox', { name: 'Match' }), 'matches pattern')
  await retype('Pattern', 'a|b')
  await retype('Example', 'b')
  await userEvent.click(button(/Apply rules/))
  expect(calls[0]?.body).toMatchObject({
    header: { name: 'x-beta', pattern: 'a|b', example: 'b' },
    cookie: null,
  })
})

test('changing the match keeps what was typed for the other', async () => {
  openRelease()
  const match = () => rules().getByRole('combobox', { name: 'Match' })
  await userEvent.selectOptions(match(), 'is always')
  await userEvent.selectOptions(match(), 'is exactly')
  expect(field('Header value')).toHaveProperty('value', 'test')
  noButton(/Apply rules/)
})

test('somebody else’s change is said; applying takes the newest version', async () => {
  const calls = serve(written({ resourceVersion: '1044' }))
  openRelease()
  await retype('Header value', 'beta')
  tell(
    releaseFrame({
      resourceVersion: '1043',
      changedBy: 'chen.jing',
      rules: { header: { name: 'role', value: 'qa' }, cookie: null },
    }),
  )
  expect(textOf(rules().getByRole('alert'))).toContain('chen.jing changed this release meanwhile')
  await userEvent.click(button(/Apply rules/))
  expect(calls[0]?.body).toMatchObject({
    header: { name: 'role', value: 'beta' },
    resourceVersion: '1043',
  })
})

test('written rules are held until the watch shows them, and the focus stays in the rules', async () => {
  serve(written({ resourceVersion: '1043' }))
  openRelease()
  await retype('Header value', 'beta')
  await userEvent.click(button(/Apply rules/))
  expect(button(/Writing/)).toBeDefined()
  const rulesNow = { header: { name: 'role', value: 'beta' }, cookie: 'vip_user' }
  tell(releaseFrame({ resourceVersion: '1043', rules: rulesNow }))
  await waitFor(() => noButton(/Apply rules|Writing/))
  expect(rules().getAllByRole('textbox')).toContain(document.activeElement)
})

test('a canary in no route: its rungs are struck through with the reason', () => {
  openRelease({
    release: {
      state: 'dead',
      findings: [deadFinding],
      routes: referenceRelease().routes.map(route => ({ ...route, live: false, why: 'L02' })),
    },
  })
  expect(rules().getAllByText('Never reached: this canary takes part in no route.')).toHaveLength(3)
})

test('a copied command names the cluster as the kubeconfig does, not as the page does', async () => {
  openRelease({ cluster: { context: 'arn:aws:eks:eu-1:7:cluster/prod' } })
  await userEvent.click(button('Copy as kubectl'))
  expect(await navigator.clipboard.readText()).toMatch(
    /^kubectl --context arn:aws:eks:eu-1:7:cluster\/prod -n default annotate ingress user-canary /,
  )
})
