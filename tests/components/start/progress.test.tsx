// @vitest-environment happy-dom
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { openStart, refusing, serveStart, tell, textOf, USER } from '@/tests/components/start/open-start'
import { HANGS, halfStartedFrame, routesFrame, stoppedWork, work, workFrame } from '@/tests/fixtures/starts'

vi.mock('next/navigation', () => import('@/tests/components/address-bar'))

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const FOLLOWED = `${USER}&operation=op-1`
const button = (name: string) => screen.getByRole('button', { name })
const steps = () =>
  within(screen.getByRole('list', { name: /Steps$/ }))
    .getAllByRole('listitem')
    .map(textOf)
const open = (operation = work('pods', { step: { params: { ...HANGS, ready: 2 } } })) =>
  openStart(FOLLOWED, { frames: [routesFrame(), workFrame(operation)] })

test('a pasted link shows how far the work is, the pod that hangs and why, and for how long', () => {
  serveStart()
  open()
  expect(steps()).toEqual([
    expect.stringMatching(/^Deployment created done/),
    expect.stringMatching(/^Service created done/),
    expect.stringMatching(
      /^2 of 3 pods ready in progress ?for \d+ s.*user-v2-fc9d84585-x7k4p.*ImagePullBackOff/,
    ),
    'Service has endpoints waiting',
    'Canary Ingress created, parked waiting',
    'Canary proven reachable waiting',
  ])
  screen.getByText('The work goes on when you close this page.')
})

test('a screen reader hears the step and not each second of it', () => {
  serveStart()
  open()
  expect(textOf(screen.getByRole('status'))).toBe('Step 3 of 6: 2 of 3 pods ready')
  tell(workFrame(work('endpoints')))
  expect(textOf(screen.getByRole('status'))).toBe('Step 4 of 6: Waiting for the Service’s endpoints')
})

test('what stopped says where and why, and offers to retry and to remove', async () => {
  serveStart()
  open(stoppedWork())
  screen.getByRole('heading', { name: 'The start of user-canary stopped' })
  expect(steps()[2]).toContain('0 of 3 pods ready failed')
  expect(steps()[2]).toContain('says ImagePullBackOff.')
  expect(steps()[2]).toContain('Back-off pulling image "nginx:user-v9"')
  button('Retry')
  button('Remove what was created')
})

test('a start that hangs can be taken away while it waits; there is nothing to retry', async () => {
  const calls = serveStart({ resume: () => ({ id: {}, operation: 'op-3' }) })
  open()
  expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull()
  await userEvent.click(button('Remove what was created'))
  await userEvent.click(button('Remove now Enter'))
  await waitFor(() =>
    expect(calls[0]?.url).toBe('/api/clusters/kind-dev/releases/default/user-canary/remove'),
  )
})

test('Retry goes on with the same start and follows the new work', async () => {
  const calls = serveStart({
    resume: () => ({ id: {}, operation: 'op-2' }),
    operation: () => work('pods', { operation: 'op-2' }),
  })
  open(stoppedWork())
  await userEvent.click(button('Retry'))
  await waitFor(() => expect(window.location.search).toContain('operation=op-2'))
  expect(calls[0]).toMatchObject({
    method: 'POST',
    url: '/api/clusters/kind-dev/releases/default/user-canary/continue',
    body: {},
  })
})

test('removing asks in place, says exactly what goes, and Esc keeps it', async () => {
  const calls = serveStart({ resume: () => ({ id: {}, operation: 'op-3' }) })
  openStart(FOLLOWED, { frames: [routesFrame(), workFrame(stoppedWork()), halfStartedFrame()] })
  await userEvent.click(button('Remove what was created'))
  expect(document.activeElement?.textContent).toContain('Remove now')
  expect(textOf(screen.getByRole('group', { name: 'Remove what was created' }))).toContain(
    'On kind-dev: Deployment user-v2 and Service service-user-v2 will be deleted. The stable version and its route stay as they are.',
  )
  await userEvent.keyboard('{Escape}')
  expect(document.activeElement).toBe(button('Remove what was created'))
  expect(calls).toEqual([])
  await userEvent.click(button('Remove what was created'))
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(window.location.search).toContain('operation=op-3'))
  expect(calls[0]?.url).toMatch(/\/remove$/)
})

test('a refusal to remove is said at the button', async () => {
  serveStart({
    resume: refusing(409, { code: 'not-parked', title: 'The canary gets requests: roll back first' }),
  })
  open(stoppedWork())
  await userEvent.click(button('Remove what was created'))
  await userEvent.click(screen.getByRole('button', { name: /Remove now/ }))
  expect(textOf(await screen.findByRole('alert'))).toBe('The canary gets requests: roll back first.')
})

test('what is removed says so, and one can begin again on the same route', async () => {
  serveStart()
  open(work(null, { kind: 'remove' }))
  screen.getByText('Nothing of it is left in the cluster.')
  await userEvent.click(button('Start again'))
  await screen.findByRole('textbox', { name: 'Image' })
  expect(window.location.search).not.toContain('operation')
})

test.each([
  ['there was none', 'absent', 1],
  ['nobody could look', 'unreadable', 0],
])('that nothing is left is said where each step knows it: %s', (_case, why, times) => {
  serveStart()
  const { steps: all, ...rest } = work(null, { kind: 'remove' })
  const [ingress, ...others] = all.map(step => ({ ...step, state: 'done' as const }))
  open({ ...rest, steps: ingress ? [{ ...ingress, state: 'skipped', params: { why } }, ...others] : others })
  expect(screen.queryAllByText('Nothing of it is left in the cluster.')).toHaveLength(times)
})

test('a start that stopped after its Ingress was made leads to the release, too', () => {
  serveStart()
  const problem = {
    code: 'not-reachable',
    title: 'No answer of the canary came through the gateway',
  } as const
  open(work('reachable', { state: 'failed', problem }))
  expect(screen.getByRole('link', { name: 'Go to the release' }).getAttribute('href')).toBe(
    '/releases/kind-dev/default/user-canary',
  )
})

test('what is done leads to the release and says who gets it: nobody yet', () => {
  serveStart()
  open(work(null))
  screen.getByRole('heading', { name: 'user-canary is started' })
  screen.getByText(/Nothing is sent to it unless you move the weight/)
  screen.getByRole('link', { name: 'Go to the release' })
})

test('a step that could not be proven says why, and is no check', () => {
  serveStart()
  const done = work(null)
  const skipped = done.steps.map(step =>
    step.step === 'reachable' ? { ...step, state: 'skipped' as const, params: { why: 'no-gateway' } } : step,
  )
  open({ ...done, steps: skipped })
  expect(steps()[5]).toMatch(/^Canary not proven reachable skipped.*no gateway is known for this class$/)
})

test('a step that waits for the cluster says so', () => {
  serveStart()
  open(work('service', { step: { params: { name: 'service-user-v2', why: 'cluster-unreachable' } } }))
  expect(steps()[1]).toMatch(
    /^Creating Service service-user-v2.*The cluster does not answer; it is asked again\.$/,
  )
})

test('work that is not in the stream is asked for; what nobody knows is said to be lost', async () => {
  const calls = serveStart({
    operation: refusing(404, { code: 'operation-lost', title: 'There is no such operation' }),
  })
  openStart(FOLLOWED)
  const alert = await screen.findByRole('alert')
  expect(textOf(alert)).toContain('This work is not known any more')
  expect(within(alert).getByRole('link', { name: 'To the board' }).getAttribute('href')).toBe('/')
  expect(calls[0]?.url).toBe('/api/clusters/kind-dev/operations/op-1')
})

test('running work of a Halftone that was started anew is not shown as running any more', async () => {
  serveStart({ operation: refusing(404, { code: 'operation-lost', title: 'There is no such operation' }) })
  open()
  tell({ key: 'operation/kind-dev/op-1', value: null })
  await screen.findByText('This work is not known any more')
  expect(screen.queryByText('2 of 3 pods ready')).toBeNull()
})

test('what has ended stays as it was seen when it is forgotten', async () => {
  const calls = serveStart({
    operation: refusing(404, { code: 'operation-lost', title: 'There is no such operation' }),
  })
  open(work(null))
  tell({ key: 'operation/kind-dev/op-1', value: null })
  await waitFor(() => expect(calls).not.toEqual([]))
  screen.getByRole('heading', { name: 'user-canary is started' })
})

test('the same in Chinese', () => {
  serveStart()
  openStart(FOLLOWED, { frames: [workFrame(stoppedWork())], language: 'zh-CN' })
  screen.getByRole('heading', { name: 'user-canary 的开始过程已中止' })
  expect(screen.getAllByText(/Back-off pulling image/)).toHaveLength(1)
  button('重试')
})
