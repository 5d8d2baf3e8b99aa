// @vitest-environment happy-dom
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import {
  openRelease,
  refused,
  region,
  serve,
  tell,
  tellAll,
  textOf,
} from '@/tests/components/release/open-release'
import { clusterFrame, referenceRelease } from '@/tests/fixtures/frames'
import { HANGS, work, workFrame } from '@/tests/fixtures/starts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const accepted = () =>
  Response.json(
    { id: { cluster: 'kind-dev', namespace: 'default', name: 'user-canary' }, operation: 'op-1' },
    { status: 202 },
  )
const versions = () => region('Versions')
const openForm = () => userEvent.click(versions().getByRole('button', { name: 'Deploy a fixed build…' }))
const image = () => versions().getByRole('textbox', { name: 'Image of the fixed build' })
const deploy = () => versions().getByRole('button', { name: /Park and deploy/ })
async function ask(text: string) {
  await openForm()
  await userEvent.clear(image())
  await userEvent.type(image(), text)
  await userEvent.click(deploy())
}

test('before anything is written it says that everybody goes to stable first, and that it stays parked', async () => {
  const calls = serve(accepted)
  openRelease()
  await openForm()
  expect(document.activeElement).toBe(image())
  versions().getByText(/It parks first: weight 0 and no rules, everybody goes to user-v1/)
  versions().getByText('This is the image that runs now.')
  await userEvent.keyboard('{Escape}')
  expect(document.activeElement?.textContent).toBe('Deploy a fixed build…')
  expect(calls).toEqual([])
})

test('the image is asked for with the version of when the hand began', async () => {
  const calls = serve(accepted)
  openRelease()
  await ask('nginx:user-v2.1')
  expect(calls).toEqual([
    {
      method: 'PUT',
      url: '/api/clusters/kind-dev/releases/default/user-canary/image',
      body: { image: 'nginx:user-v2.1', resourceVersion: '1042' },
    },
  ])
  await waitFor(() => expect(versions().queryByRole('textbox')).toBeNull())
})

test('a refused image says so at the field', async () => {
  serve(refused(422, { code: 'invalid-input', title: 'An image has no blanks', field: 'image' }))
  openRelease()
  await ask('a b')
  await waitFor(() => expect(image().getAttribute('aria-invalid')).toBe('true'))
  expect(textOf(document.getElementById(image().getAttribute('aria-describedby') ?? ''))).toBe(
    'An image has no blanks.',
  )
})

test('of several containers one is chosen', async () => {
  const calls = serve(
    refused(422, {
      code: 'ambiguous-container',
      title: 'There are several containers',
      field: 'container',
      params: { containers: 'nginx, sidecar' },
    }),
    accepted,
  )
  openRelease()
  await ask('nginx:user-v2.1')
  await userEvent.selectOptions(await versions().findByRole('combobox', { name: 'Container' }), 'sidecar')
  await userEvent.click(deploy())
  await waitFor(() => expect(calls).toHaveLength(2))
  expect(calls[1]?.body).toMatchObject({ container: 'sidecar', image: 'nginx:user-v2.1' })
})

test('its progress stands in place and at the top, also on a page that was just opened', () => {
  openRelease()
  tell(workFrame(work('pods', { kind: 'image', step: { params: HANGS } })))
  const list = within(versions().getByRole('list', { name: 'Fixed build of user-canary: Steps' }))
  list.getByText('user-v2-fc9d84585-x7k4p')
  expect(screen.getAllByText(/Step 3 of 4: 0 of 3 pods ready/).length).toBeGreaterThan(1)
  expect(versions().queryByRole('button', { name: 'Deploy a fixed build…' })).toBeNull()
})

test('what stopped says why, and another build can be deployed', () => {
  openRelease()
  const problem = { code: 'pods-not-ready', title: '0 of 3 pods are ready' } as const
  tell(workFrame(work('pods', { kind: 'image', state: 'failed', problem, step: { params: HANGS } })))
  expect(versions().getAllByText('0 of 3 pods are ready.')).not.toEqual([])
  versions().getByRole('button', { name: 'Deploy a fixed build…' })
})

test('parked is said as a fact only where answers have shown it', () => {
  openRelease()
  const at = (inEffect: string | null, isWritten = true) => {
    const { steps, ...rest } = work('image', { kind: 'image' })
    const told = steps.map(step =>
      step.step === 'parked' ? { ...step, params: { inEffect, isWritten } } : step,
    )
    tell(workFrame({ ...rest, steps: told }))
  }
  at(null)
  versions().getByText('Parked: everybody is due at stable, no answer has shown it')
  at('2026-11-18T14:31:05Z')
  versions().getByText('Parked: everybody goes to stable')
  at(null, false)
  versions().getByText('It was parked already')
})

test('a result is told until somebody changes the release', () => {
  const parked = { state: 'parked', weight: 0, rules: { header: null, cookie: null } } as const
  openRelease({ release: { ...parked, changedAt: '2026-11-18T14:31:00Z' } })
  tell(workFrame(work(null, { kind: 'image' })))
  versions().getByText(/It was parked; move the weight when you want/)
  tellAll([
    clusterFrame(),
    workFrame(work(null, { kind: 'image' })),
    { key: 'release/kind-dev/default/user-canary', value: referenceRelease({ weight: 5 }) },
  ])
  expect(versions().queryByText(/It was parked/)).toBeNull()
})

test('it is off with its reason where nothing may be written', () => {
  openRelease({ cluster: { readOnly: true } })
  expect(
    versions().getByRole('button', { name: 'Deploy a fixed build…' }).getAttribute('aria-disabled'),
  ).toBe('true')
  versions().getByText(/Read-only/)
})
