'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useLanguage } from '@/components/shell/language-context'
import { PAGES } from '@/components/shell/pages'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { KeyCap } from '@/components/ui/key-cap'

const TYPING = 'input:not([type=range]), textarea, select, [contenteditable]'
const CHORD_MS = 1500

/** The mark of the field that `/` goes to: put it on one input of a page. */
export const SEARCH_MARK = { 'data-shortcut': 'search' }

/** Listens for the keys of every page: `/` search, `?` help, `g` and a page's own key. Keys typed into a field stay there. */
export function Shortcuts() {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    let goAtMs = 0
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key } = event
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (target instanceof Element && target.closest(`${TYPING}, dialog`)) return
      const going = Date.now() - goAtMs < CHORD_MS
      goAtMs = key === 'g' ? Date.now() : 0
      if (key === '?') setOpen(true)
      const page = going && PAGES.find(each => each.key === key)
      if (page) router.push(page.href)
      if (key === '/') {
        const field = document.querySelector<HTMLElement>('[data-shortcut="search"]')
        if (!field) return
        event.preventDefault()
        field.focus()
      }
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [router])
  return <Help open={open} onClose={() => setOpen(false)} />
}

function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { say } = useLanguage()
  const { keys, thenKey } = say.shared
  const rows: [string[], string][] = [
    [['/'], keys.search],
    ...PAGES.map((page): [string[], string] => [['g', page.key], keys[page.name]]),
    [['Enter'], keys.apply],
    [['Esc'], keys.drop],
    [['?'], keys.help],
  ]
  return (
    <Dialog
      open={open}
      title={say.shared.keyboard}
      onClose={onClose}
      actions={<Button onClick={onClose}>{say.shared.close}</Button>}
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        {rows.map(([caps, text]) => (
          <div key={text} className="contents">
            <dt>
              {caps.map((cap, index) => (
                <span key={cap}>
                  {index > 0 && <span className="text-xs text-ink-soft"> {thenKey} </span>}
                  <KeyCap always>{cap}</KeyCap>
                </span>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
