'use client'
import { PageFailed } from '@/components/shell/page-failed'

export default function Failed({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <PageFailed digest={error.digest} onRetry={reset} />
}
