// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
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

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const traffic = () => region('Traffic')
const slider = () => traffic().getByRole('slider', { name: 'Weight, draft' })
const field = () => traffic().getByRole('textbox', { name: 'Weight' })
const button = (name: string | RegExp) => traffic().getByRole('button', { name })
const noButton = (name: RegExp) => expect(traffic().queryByRole('button', { name })).toBeNull()
const drag = (to: number) => fireEvent.change(slider(), { target: { value: String(to) } })

test('moving the slider is a draft: it is told as one, and nothing is written', () => {
  const calls = serve()
  openRelease()
  drag(50)
  expect(slider().getAttribute('aria-valuetext')).toBe('draft 50 of 100, configured 20')
  expect(textOf(traffic().getByText(/^Applying sends/))).toContain('1 in 2 unmarked requests to user-v2')
  expect(calls).toEqual([])
})

test('Apply writes weight and total with the version of when the hand touched the slider', async () => {
  const calls = serve(written({ weight: 50, resourceVersion: '1044' }))
  openRelease()
  drag(50)
  tell(releaseFrame({ resourceVersion: '1043' }))
  await userEvent.click(button(/Apply 20 → 50/))
  expect(calls).toEqual([
    {
      method: 'PUT',
      url: '/api/clusters/kind-dev/releases/default/user-canary/weight',
      body: { weight: 50, weightTotal: 100, resourceVersion: '1042' },
    },
  ])
})

test('a written draft is held until the watch shows it, then it is no draft any more', async () => {
  serve(written({ weight: 50, resourceVersion: '1043' }))
  openRelease()
  drag(50)
  await userEvent.click(button(/Apply 20 → 50/))
  expect(button(/Writing 20 → 50/)).toBeDefined()
  drag(70)
  expect(slider()).toHaveProperty('value', '50')
  tell(releaseFrame({ weight: 50, resourceVersion: '1043' }))
  await waitFor(() => noButton(/Apply|Writing/))
  expect(slider().getAttribute('aria-valuetext')).toBe('configured 50 of 100')
})

test('by keyboard: type, Enter writes, and the focus does not get lost', async () => {
  const calls = serve(written({ weight: 5, resourceVersion: '1043' }))
  openRelease()
  const user = userEvent.setup()
  await user.clear(field())
  await user.type(field(), '5{Enter}')
  expect(calls[0]?.body).toMatchObject({ weight: 5 })
  tell(releaseFrame({ weight: 5, resourceVersion: '1043' }))
  expect(document.activeElement).toBe(field())
})

test('Esc drops the draft, and what was typed with it', async () => {
  const calls = serve()
  openRelease()
  const user = userEvent.setup()
  await user.clear(field())
  await user.type(field(), '50{Escape}')
  noButton(/Apply/)
  expect(field()).toHaveProperty('value', '20')
  expect(calls).toEqual([])
})

test.each(['101', '-1', '2.5', 'ten'])(
  '%s is no weight: it is said so, and Enter writes nothing',
  async text => {
    const calls = serve()
    openRelease()
    const user = userEvent.setup()
    await user.clear(field())
    await user.type(field(), `${text}{Enter}`)
    expect(textOf(traffic().getByRole('alert'))).toBe('A whole number from 0 to 100.')
    expect(calls).toEqual([])
  },
)

test('dropping a draft by its button gives the focus back to the weight', async () => {
  openRelease()
  await userEvent.click(button('50'))
  await userEvent.click(button(/Drop draft/))
  expect(document.activeElement).toBe(slider())
})

test('somebody else’s change while drafting: who and what are said, the draft stays and is asked for again', async () => {
  const calls = serve(written({ weight: 50, resourceVersion: '1044' }))
  openRelease()
  drag(50)
  tell(releaseFrame({ weight: 30, changedBy: 'chen.jing', resourceVersion: '1043' }))
  const strip = traffic().getByRole('alert')
  expect(textOf(strip)).toContain('chen.jing changed the weight meanwhile: 20 → 30.')
  expect(slider()).toHaveProperty('value', '50')
  await userEvent.click(within(strip).getByRole('button', { name: /Apply 30 → 50/ }))
  expect(calls[0]?.body).toMatchObject({ weight: 50, resourceVersion: '1043' })
})

test('a refused write says why, keeps the draft, and the next Apply takes the newest version', async () => {
  const calls = serve(refused(409, { code: 'stale-edit', title: 'The release has changed meanwhile' }))
  openRelease()
  drag(50)
  await userEvent.click(button(/Apply 20 → 50/))
  expect(textOf(await traffic().findByRole('alert'))).toContain('The release has changed meanwhile')
  expect(slider()).toHaveProperty('value', '50')
  tell(releaseFrame({ resourceVersion: '1050' }))
  await userEvent.click(button(/Apply 20 → 50/))
  expect(calls[1]?.body).toMatchObject({ weight: 50, resourceVersion: '1050' })
})

test('no answer at all is said next to the control', async () => {
  serve(() => Promise.reject(new TypeError('network')))
  openRelease()
  drag(50)
  await userEvent.click(button(/Apply 20 → 50/))
  expect(textOf(await traffic().findByRole('alert'))).toContain('nothing is known about this call')
})

test('all to the canary is asked once more, with the exact effect and the cluster’s name', async () => {
  const calls = serve(written({ weight: 100, resourceVersion: '1043' }))
  openRelease()
  await userEvent.click(button('100'))
  await userEvent.click(button(/Apply 20 → 100/))
  const dialog = screen.getByRole('dialog', { name: 'Send every unmarked request to user-v2?' })
  expect(textOf(dialog)).toContain('On kind-dev the weight goes from 20 to 100 of 100.')
  expect(calls).toEqual([])
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }))
  expect(calls).toEqual([])
  await userEvent.click(button(/Apply 20 → 100/))
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: /Apply 20 → 100/ }))
  expect(calls).toHaveLength(1)
})

test('a total of 1000 offers tenths, and keeps the share', async () => {
  openRelease()
  await userEvent.selectOptions(traffic().getByRole('combobox', { name: 'Total' }), '1000')
  expect(slider()).toHaveProperty('value', '200')
  await userEvent.click(button('1'))
  expect(textOf(traffic().getByText(/^Applying sends/))).toContain('1 in 1,000 unmarked requests')
})

test('the patch can be seen before it is written', async () => {
  openRelease()
  drag(50)
  await userEvent.click(button('See the patch'))
  expect(traffic().getByText(/canary-weight": "50"/)).toBeDefined()
})

test.each([
  ['stale', { cluster: { state: 'stale' as const } }, 'What you see is not current'],
  ['read-only', { cluster: { readOnly: true } }, 'Read-only'],
])('%s: a draft can be made but not applied, and why is said', async (_case, given, why) => {
  const calls = serve()
  openRelease(given)
  drag(50)
  expect(traffic().getAllByText(new RegExp(why)).length).toBeGreaterThan(0)
  await userEvent.click(button(/Apply 20 → 50/))
  fireEvent.keyDown(field(), { key: 'Enter' })
  expect(calls).toEqual([])
})

test('a release that others manage has no controls and says who', () => {
  openRelease({ release: { owner: { kind: 'Rollout', name: 'user' } } })
  expect(traffic().queryByRole('slider')).toBeNull()
  expect(traffic().getByText('Rollout user manages this Ingress: change the weight there.')).toBeDefined()
})

test('with pods unread nobody claims that there are none', () => {
  openRelease({
    release: { canary: { service: 's', port: '80', deployments: [], endpoints: { ready: 0, total: 0 } } },
    cluster: { unreadable: [{ kind: 'endpointslices', why: 'forbidden' }] },
  })
  drag(50)
  expect(traffic().queryByText(/no ready pod/)).toBeNull()
})
