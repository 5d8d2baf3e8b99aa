'use client'
import { useState } from 'react'
import { useLanguage } from '@/components/shell/language-context'
import { useKubeContext } from '@/components/shell/use-kube-context'
import { yamlOf } from '@/components/start/yaml-fold'
import { YamlView } from '@/components/start/yaml-view'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Tabs } from '@/components/ui/tabs'
import { createCommand, manifestFile } from '@/lib/domain/kubectl'
import type { ReviewPage, StartReview } from '@/lib/domain/model/start'

/** Hands a text to the browser as a file. */
function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}

/** The three objects as YAML in tabs, each beside the stable version's; to be copied, kept as a file, or created by hand. */
export function ReviewObjects({ review, stable }: { review: StartReview; stable: readonly string[] }) {
  const { say } = useLanguage()
  const words = say.start.review
  const { pages, id } = review
  const [shown, setShown] = useState<string>(pages[0].kind)
  const index = Math.max(
    0,
    pages.findIndex(each => each.kind === shown),
  )
  const page: ReviewPage = pages[index] ?? pages[0]
  const from = stable[index] ?? ''
  const yamls = pages.map(yamlOf)
  const context = useKubeContext(id.cluster)
  const copied = { done: say.shared.copied, failed: say.shared.notCopied }
  return (
    <div className="min-w-0">
      <Tabs
        label={words.objects}
        value={page.kind}
        onChange={setShown}
        tabs={pages.map(({ kind, name }) => ({
          key: kind,
          name: (
            <>
              {kind} <span className="font-mono text-sm">{name}</span>
            </>
          ),
        }))}
      >
        <YamlView key={page.kind} page={page} stable={from} />
      </Tabs>
      <div className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-2">
        <p className="flex flex-wrap gap-x-3.5 text-xs/[18px] text-ink-soft">
          <span>
            <b className="font-mono">−</b> {words.was(from)}
          </span>
          <span>
            <b className="font-mono text-spot">+</b> {words.isNew(page.name)}
          </span>
        </p>
        <div className="ml-auto flex flex-wrap items-center gap-x-4 gap-y-1 max-md:ml-0">
          <CopyButton text={yamlOf(page)} label={words.copy} {...copied} />
          <Button
            kind="quiet"
            className="-mx-2"
            onClick={() => download(`${id.name}.yaml`, manifestFile(yamls))}
          >
            {words.download}
          </Button>
          <CopyButton text={createCommand(context, yamls)} label={say.shared.copyAsKubectl} {...copied} />
        </div>
      </div>
    </div>
  )
}
