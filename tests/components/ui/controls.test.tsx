// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { DotMatrix } from '@/components/ui/dot-matrix'
import { Field } from '@/components/ui/field'
import { Glyph } from '@/components/ui/glyph'
import { NumberField } from '@/components/ui/number-field'
import { Segments } from '@/components/ui/segments'
import { Slider } from '@/components/ui/slider'
import { SplitBar } from '@/components/ui/split-bar'
import { Tabs } from '@/components/ui/tabs'

afterEach(cleanup)

test('a button that is off says why, can be reached, and does nothing', async () => {
  const act = vi.fn()
  render(
    <Button reason="The picture is stale" onClick={act}>
      Apply
    </Button>,
  )
  const button = screen.getByRole('button', { name: 'Apply' })
  expect([button.getAttribute('aria-disabled'), button.title]).toEqual(['true', 'The picture is stale'])
  await userEvent.click(button)
  expect(act).not.toHaveBeenCalled()
})

test('a wrong field names its mistake to a screen reader', () => {
  render(<Field label="Header name" problem="A header name has no blank." defaultValue="role test" />)
  const field = screen.getByRole('textbox', { name: 'Header name' })
  expect(field.getAttribute('aria-invalid')).toBe('true')
  const described = document.getElementById(field.getAttribute('aria-describedby') ?? '')
  expect(described?.textContent).toBe('A header name has no blank.')
})

function Weight({ heard }: { heard: (value: number) => void }) {
  const [value, setValue] = useState(20)
  const change = (next: number) => {
    heard(next)
    setValue(next)
  }
  return <NumberField label="Weight" value={value} max={100} wrongText="0 to 100" onChange={change} />
}

test.each([
  ['a whole number', '50', [5, 50], false],
  ['above the total', '101', [1, 10], true],
  ['a fraction', '1.5', [1], true],
  ['a negative number', '-5', [], true],
  ['an exponent', '1e2', [1], true],
  ['hexadecimal', '0x10', [0], true],
  ['full-width digits', '５０', [], true],
])(
  'a number field typed with %s tells only whole numbers within its range',
  async (_case, text, told, wrong) => {
    const heard: number[] = []
    render(<Weight heard={value => heard.push(value)} />)
    const field = screen.getByRole('textbox', { name: 'Weight' })
    await userEvent.clear(field)
    await userEvent.type(field, text)
    expect([heard, field.getAttribute('aria-invalid') === 'true']).toEqual([told, wrong])
  },
)

test('a number field left with nonsense shows its value again', async () => {
  render(<Weight heard={() => {}} />)
  const field = screen.getByRole('textbox', { name: 'Weight' })
  await userEvent.clear(field)
  await userEvent.type(field, 'abc')
  await userEvent.tab()
  expect(field).toHaveProperty('value', '20')
})

test('segments say which one is pressed', async () => {
  const pick = vi.fn()
  const options = [0, 50].map(value => ({ value, text: String(value) }))
  render(<Segments label="steps" options={options} value={50} onChange={pick} />)
  expect(screen.getByRole('button', { name: '50' }).getAttribute('aria-pressed')).toBe('true')
  await userEvent.click(screen.getByRole('button', { name: '0' }))
  expect(pick).toHaveBeenCalledWith(0)
})

test('the slider speaks its value in words and moves by hand', () => {
  const move = vi.fn()
  render(
    <Slider
      label="weight, draft"
      says="draft 50 of 100"
      figure={String}
      value={50}
      max={100}
      onChange={move}
    />,
  )
  const slider = screen.getByRole('slider', { name: 'weight, draft' })
  expect(slider.getAttribute('aria-valuetext')).toBe('draft 50 of 100')
  fireEvent.change(slider, { target: { value: '51' } })
  expect(move).toHaveBeenCalledWith(51)
})

test('a dialog is named by its title and holds nothing while it is closed', () => {
  const dialog = (open: boolean) => (
    <Dialog
      open={open}
      title="All to user-v2?"
      actions={<button type="button">Yes</button>}
      onClose={() => {}}
    >
      exact effect
    </Dialog>
  )
  const { rerender } = render(dialog(false))
  expect(screen.queryByText('exact effect')).toBeNull()
  rerender(dialog(true))
  screen.getByRole('dialog', { name: 'All to user-v2?' })
  screen.getByText('exact effect')
})

test('copying says on the button whether it worked', async () => {
  const user = userEvent.setup()
  render(<CopyButton text="kubectl get pods" label="Copy" done="Copied" failed="Not copied" />)
  await user.click(screen.getByRole('button', { name: 'Copy' }))
  await screen.findByRole('button', { name: 'Copied' })
  expect(await navigator.clipboard.readText()).toBe('kubectl get pods')
})

test('a glyph without a label is silent, with one it is named', () => {
  const { container } = render(
    <>
      <Glyph kind="stable" />
      <Glyph kind="canary" off label="user-v2, not ready" />
    </>,
  )
  screen.getByRole('img', { name: 'user-v2, not ready' })
  expect(container.querySelectorAll('[aria-hidden]')).toHaveLength(1)
})

function Matrix() {
  const [picked, setPicked] = useState<number | null>(null)
  const answers = ['stable', 'canary', 'unknown', 'error'] as const
  return (
    <DotMatrix
      answers={answers}
      seen={4}
      label="the last 4 answers"
      picked={picked}
      says={picked === null ? '' : `answer ${picked}: ${answers[picked]}`}
      onPick={setPicked}
    />
  )
}

test('the dot matrix is walked with arrow keys, from the newest back, and stops at its ends', async () => {
  render(<Matrix />)
  const field = screen.getByRole('slider', { name: 'the last 4 answers' })
  field.focus()
  const says = () => field.getAttribute('aria-valuetext')
  await userEvent.keyboard('{ArrowLeft}')
  expect(says()).toBe('answer 2: unknown')
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}')
  expect(says()).toBe('answer 3: error')
  await userEvent.keyboard('{ArrowUp}')
  expect(says()).toBe('answer 0: stable')
  await userEvent.keyboard('{Escape}')
  expect(says()).toBe('')
})

const text = {
  summary: 'configured 20, draft 50',
  configured: 'configured 20',
  draft: 'draft 50',
  observed: 'observed 18.7 %',
}

test('the split bar shows its three marks with their words', () => {
  Object.assign(globalThis, {
    ResizeObserver: class {
      observe() {}
      disconnect() {}
    },
  })
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1000)
  render(
    <SplitBar
      weight={20}
      total={100}
      draft={50}
      observed={{ share: 0.187, low: 0.16, high: 0.21 }}
      text={text}
    />,
  )
  const bar = screen.getByRole('img', { name: 'configured 20, draft 50' })
  for (const words of ['configured 20', 'draft 50', 'observed 18.7 %'])
    expect([...bar.querySelectorAll('text')].map(each => each.textContent)).toContain(words)
  expect(bar.querySelector('.mark-draft')?.getAttribute('d')).toMatch(/^M500 /)
  expect(bar.querySelector('.mark-configured')?.getAttribute('d')).toMatch(/^M200 /)
})

test('without a draft there is no draft mark; without samples there is no observed mark', () => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(400)
  render(
    <SplitBar
      weight={20}
      total={100}
      draft={20}
      observed={null}
      text={{ ...text, observed: 'not observed' }}
    />,
  )
  const bar = screen.getByRole('img')
  expect([bar.querySelector('.mark-draft'), bar.querySelector('.mark-observed')]).toEqual([null, null])
  expect(bar.textContent).toContain('not observed')
})

function Objects() {
  const [shown, setShown] = useState('a')
  const tabs = ['a', 'b', 'c'].map(key => ({ key, name: `Tab ${key}` }))
  return (
    <Tabs label="Objects" tabs={tabs} value={shown} onChange={setShown}>
      This is {shown}
    </Tabs>
  )
}

test.each([
  ['{ArrowRight}', 'b'],
  ['{ArrowRight}{ArrowRight}{ArrowRight}', 'a'],
  ['{ArrowLeft}', 'c'],
  ['{End}', 'c'],
  ['{End}{Home}', 'a'],
])('tabs: %s leads to tab %s, with the focus, and shows it', async (keys, key) => {
  render(<Objects />)
  await userEvent.click(screen.getByRole('tab', { name: 'Tab a' }))
  await userEvent.keyboard(keys)
  const tab = screen.getByRole('tab', { name: `Tab ${key}` })
  expect(document.activeElement).toBe(tab)
  expect([tab.getAttribute('aria-selected'), tab.tabIndex]).toEqual(['true', 0])
  expect(screen.getByRole('tabpanel', { name: `Tab ${key}` }).textContent).toBe(`This is ${key}`)
})
