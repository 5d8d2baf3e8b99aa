'use client'
import { useLanguage } from '@/components/shell/language-context'
import { Button } from '@/components/ui/button'

/** Says that drawing the page failed, that nothing was changed, and offers another try. */
export function PageFailed({ digest, onRetry }: { digest: string | undefined; onRetry: () => void }) {
  const { say } = useLanguage()
  return (
    <main className="page-width py-12" role="alert">
      <h1 className="text-2xl font-normal">{say.shared.broken.title}</h1>
      <p className="mt-2 mb-4 text-ink-soft">
        {say.shared.broken.text} {digest && <code>{digest}</code>}
      </p>
      <Button onClick={onRetry}>{say.shared.broken.again}</Button>
    </main>
  )
}
