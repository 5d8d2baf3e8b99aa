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
import { mendable, referenceMending } from '@/tests/fixtures/decisions'
import { deadFinding } from '@/tests/fixtures/frames'

vi.setConfig({ testTimeout: 60_000 })

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const shows = () => Response.json(referenceMending)
const findings = () => region('Findings')
const click = (name: string) => userEvent.click(findings().getByRole('button', { name }))
const until = (expectation: () => void) => waitFor(expectation, { timeout: 15_000 })
const lines = () => findings().getAllByRole('listitem').map(textOf)
const told = { finding: 'L13', where: mendable.where }

test('the exact patch is shown first, then written as it was shown, until the watch shows it', async () => {
  const calls = serve(shows, written({ resourceVersion: '1043' }))
  openRelease({ release: { findings: [mendable] } })
  await click('Mend…')
  await until(() => expect(lines()).toEqual(['nginx.ingress.kubernetes.io/canary-weightnow 150 → then 100']))
  expect(findings().getByText(/Nobody gets another version by this/)).toBeDefined()
  await click('Apply')
  expect(calls.map(({ url, body }) => [url.split('/').at(-1), body])).toEqual([
    ['fix', { ...told, resourceVersion: '1042', dryRun: true }],
    ['fix', { ...told, resourceVersion: '1042' }],
  ])
  await until(() => expect(findings().getByRole('button', { name: 'Writing …' })).toBeDefined())
  tell(releaseFrame({ resourceVersion: '1043', findings: [] }))
  await until(() => expect(document.body.textContent).not.toContain('The weight is above its total'))
  expect(document.activeElement?.tagName).toBe('H1')
})

test('what is refused is said in place, and stays said', async () => {
  serve(shows, refused(409, { code: 'stale-edit', title: 'Somebody else has changed this Ingress' }), shows)
  openRelease({ release: { findings: [mendable] } })
  await click('Mend…')
  await until(() => expect(lines().length).toBe(1))
  await click('Apply')
  const alert = await findings().findByRole('alert')
  expect(textOf(alert)).toBe('Somebody else has changed this Ingress.')
  await until(() =>
    expect(findings().getByRole('button', { name: 'Apply' }).hasAttribute('disabled')).toBe(false),
  )
  expect(findings().getByRole('alert')).toBeDefined()
})

test('a change of the release is shown before it can be written', async () => {
  const calls = serve(shows)
  openRelease({ release: { findings: [mendable] } })
  await click('Mend…')
  await until(() => expect(calls.length).toBe(1))
  tell(releaseFrame({ resourceVersion: '1044', findings: [mendable] }))
  await until(() => expect(calls.at(-1)?.body).toEqual({ ...told, resourceVersion: '1044', dryRun: true }))
})

test('read-only says why it is off, and asks nothing', async () => {
  const calls = serve(shows)
  openRelease({ release: { findings: [mendable] }, cluster: { readOnly: true } })
  await click('Mend…')
  expect(findings().getByText(/Read-only/)).toBeDefined()
  expect(findings().queryByRole('button', { name: 'Apply' })).toBeNull()
  expect(calls).toEqual([])
})

test('a canary that comes to life by it is said to be parked', async () => {
  serve(shows)
  openRelease({ release: { findings: [{ ...deadFinding, canBeMended: true }] } })
  await click('Mend…')
  expect(findings().getByText(/parked: nobody gets it before/)).toBeDefined()
})

test('what cannot be mended has no button for it', () => {
  openRelease({ release: { findings: [deadFinding] } })
  expect(findings().queryByRole('button', { name: 'Mend…' })).toBeNull()
})

test('in Chinese', async () => {
  serve(shows)
  openRelease({ release: { findings: [mendable] }, language: 'zh-CN' })
  await userEvent.click(region('诊断').getByRole('button', { name: '修复…' }))
  await until(() => expect(region('诊断').getByRole('button', { name: '应用' })).toBeDefined())
})
