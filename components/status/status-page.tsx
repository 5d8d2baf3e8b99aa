'use client'
import type { ReactNode } from 'react'
import { useEvery, useLive } from '@/components/live'
import { useLanguage } from '@/components/shell/language-context'
import { ClusterSections } from '@/components/status/cluster-sections'
import { ConfigurationSection, ProcessSection } from '@/components/status/process-sections'
import { useStatus } from '@/components/status/use-status'
import { Bone } from '@/components/ui/bone'
import { CopyButton } from '@/components/ui/copy-button'
import { Strip } from '@/components/ui/strip'
import type { ProblemBody } from '@/lib/contract'
import type { Status } from '@/lib/domain/model/status'
import { statusReport } from '@/lib/domain/status/report'
import { problemText } from '@/lib/language/problem'

const TOPICS = ['cluster']
/** Its text is about writes. */
const NO_CONTACT = 'no-contact'
const BONES = ['h-24', 'h-48', 'h-32', 'h-20']

/** The page to look at, and to paste into a bug report, when something about Halftone itself is in doubt. */
export function StatusPage() {
  useLive(TOPICS)
  const { say } = useLanguage()
  const { status, problem } = useStatus()
  const names = status?.clusters.map(each => each.cluster) ?? []
  return (
    <main className="page-width pb-12" aria-busy={status === undefined && problem === undefined}>
      <title>{[say.status.title, names.join(', '), 'Halftone'].filter(Boolean).join(' · ')}</title>
      <Headline status={status} isReading={problem === undefined}>
        {status && <CopyReport status={status} />}
      </Headline>
      {problem && <Failed problem={problem} status={status} />}
      {!status && !problem && BONES.map(height => <Bone key={height} className={`mt-6 w-full ${height}`} />)}
      {status && <Sections status={status} />}
    </main>
  )
}

function Headline({
  status,
  isReading,
  children,
}: {
  status: Status | undefined
  isReading: boolean
  children: ReactNode
}) {
  const { say, format } = useLanguage()
  const live = useEvery('cluster')
  const clusters = status?.clusters.map(each => live?.get(`cluster/${each.cluster}`) ?? each)
  const down = clusters?.filter(each => each.state !== 'live').length ?? 0
  return (
    <div className="flex flex-wrap items-baseline gap-x-6 gap-y-1 pt-6 pb-4">
      <h1 className="text-2xl font-normal tracking-[-.012em] [:lang(zh-CN)>&]:tracking-normal">
        {clusters
          ? say.status.headline(down, clusters.length)
          : isReading
            ? say.status.loading
            : say.status.title}
      </h1>
      {status && <p className="text-sm text-ink-soft">{say.status.asOf(format.clock(status.at))}</p>}
      <div className="ml-auto max-md:ml-0">{children}</div>
    </div>
  )
}

function CopyReport({ status }: { status: Status }) {
  const { say } = useLanguage()
  return (
    <span title={say.status.copyHint}>
      <CopyButton
        text={statusReport(status)}
        label={say.status.copy}
        done={say.shared.copied}
        failed={say.shared.notCopied}
      />
    </span>
  )
}

function Failed({ problem, status }: { problem: ProblemBody; status: Status | undefined }) {
  const { say, language, format } = useLanguage()
  return (
    <Strip tone={status ? 'warn' : 'bad'} role="alert">
      <p>
        <b>{say.status.failed}</b> {problem.code !== NO_CONTACT && problemText(problem, language)}{' '}
        {status && say.status.failedOld(format.clock(status.at))} {say.shared.tryingAgain}
      </p>
    </Strip>
  )
}

function Sections({ status }: { status: Status }) {
  return (
    <>
      {status.clusters.map(each => (
        <ClusterSections key={each.cluster} cluster={each} isOnly={status.clusters.length === 1} />
      ))}
      <ProcessSection status={status} />
      <ConfigurationSection configuration={status.configuration} />
    </>
  )
}
