'use client'
import { useRouter } from 'next/navigation'
import { useLanguage } from '@/components/shell/language-context'
import { remember } from '@/components/shell/remember'
import { Button } from '@/components/ui/button'
import { LANGUAGE_COOKIE } from '@/lib/language/language'

/** Changes to the other language, named in that language. */
export function LanguageSwitch() {
  const { language, say } = useLanguage()
  const router = useRouter()
  const other = language === 'en' ? 'zh-CN' : 'en'
  const change = () => {
    remember(LANGUAGE_COOKIE, other)
    router.refresh()
  }
  return (
    <Button kind="quiet" lang={other} onClick={change}>
      {say.shared.showOtherLanguage}
    </Button>
  )
}
