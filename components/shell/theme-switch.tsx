'use client'
import { useSyncExternalStore } from 'react'
import { useLanguage } from '@/components/shell/language-context'
import { remember } from '@/components/shell/remember'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { THEME_COOKIE, type Theme } from '@/lib/language/language'

const DARK = '(prefers-color-scheme: dark)'

function watch(changed: () => void): () => void {
  const system = matchMedia(DARK)
  const choice = new MutationObserver(changed)
  system.addEventListener('change', changed)
  choice.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => {
    system.removeEventListener('change', changed)
    choice.disconnect()
  }
}

const shown = (): Theme => {
  const chosen = document.documentElement.dataset.theme
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia(DARK).matches ? 'dark' : 'light'
}

/** Changes between light and dark; until it is used the system decides. */
export function ThemeSwitch() {
  const { say } = useLanguage()
  const theme = useSyncExternalStore(watch, shown, () => 'light')
  const other: Theme = theme === 'dark' ? 'light' : 'dark'
  const change = () => {
    remember(THEME_COOKIE, other)
    document.documentElement.dataset.theme = other
  }
  const name = other === 'dark' ? say.shared.themeToDark : say.shared.themeToLight
  return (
    <Button kind="quiet" square aria-label={name} title={name} onClick={change}>
      <Icon name="theme" />
    </Button>
  )
}
