import type { ReactNode } from 'react'
import { useLanguage } from '@/components/shell/language-context'
import { CopyButton } from '@/components/ui/copy-button'
import { curlCommand } from '@/lib/domain/curl'
import type { TypedRequest } from '@/lib/domain/typed-request'

/** The request as a command, to be copied; beside it what else can be done with it. */
export function Command({
  gateway,
  typed,
  children,
}: {
  gateway: string | null
  typed: TypedRequest
  children: ReactNode
}) {
  const { say } = useLanguage()
  const words = say.trial
  const command = gateway === null ? null : curlCommand(gateway, typed)
  return (
    <>
      {command === null ? (
        <p className="text-sm text-ink-soft">{words.noGateway}</p>
      ) : (
        <pre className="rounded-md bg-sunk px-3 py-2.5 font-mono text-xs/[18px] whitespace-pre-wrap">
          {command}
        </pre>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {children}
        {command !== null && (
          <CopyButton
            text={command}
            label={words.copyCurl}
            done={say.shared.copied}
            failed={say.shared.notCopied}
          />
        )}
      </div>
    </>
  )
}
