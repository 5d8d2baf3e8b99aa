import { Fragment } from 'react'
import { imageOf, nameOf } from '@/components/release/name-of'
import { PodTable } from '@/components/release/pod-table'
import { perPod } from '@/components/release/traffic/load'
import { useLanguage } from '@/components/shell/language-context'
import { Glyph } from '@/components/ui/glyph'
import type { Unread } from '@/lib/domain/model/claims'
import type { ReleaseId, Version } from '@/lib/domain/model/release'

/** One version: its real name, its image with the tag large, how many pods are ready and what each carries. */
export function VersionColumn({
  id,
  side,
  version,
  parts,
  total,
  unread,
}: {
  id: ReleaseId
  side: 'stable' | 'canary'
  version: Version
  parts: number
  total: number
  unread: readonly Unread[]
}) {
  const { say, format } = useLanguage()
  const words = say.release.versions
  const { repository, tag } = imageOf(version)
  const each = perPod(parts, version)
  const sum = (key: 'ready' | 'replicas') =>
    version.deployments.reduce((all, deployment) => all + deployment[key], 0)
  const outdated = version.deployments.reduce(
    (all, { ready, updated }) => all + Math.max(0, ready - updated),
    0,
  )
  const facts = [
    unread.includes('deployments')
      ? words.readyUnread
      : version.deployments.length > 0
        ? words.ready(format.number(sum('ready')), format.number(sum('replicas')))
        : version.service
          ? words.noDeployment
          : words.noService,
    format.comma([
      words.parts(format.number(parts), format.number(total)),
      ...(each === null ? [] : [words.perPod(format.number(each))]),
    ]),
  ]
  return (
    <div className="min-w-0">
      <h3 className="text-lg">
        <Glyph kind={side} size={12} /> <span className="ml-1">{nameOf(version)}</span>{' '}
        <span className="ml-1 text-sm font-normal text-ink-soft">{say.shared[side]}</span>
      </h3>
      {tag && (
        <p className="mt-0.5 font-mono text-xl" title={`${repository}${tag}`}>
          <span className="text-ink-soft">
            <Foldable text={repository} />
          </span>
          <b>{tag}</b>
        </p>
      )}
      <p className="mt-0.5 mb-3 text-sm text-ink-soft">
        {facts.join(' · ')}
        {version.service && (
          <>
            {' · '}
            <span className="inline-block max-w-full font-mono">
              {version.service}:{version.port}
            </span>
          </>
        )}
      </p>
      {outdated > 0 && !unread.includes('deployments') && (
        <p className="-mt-2 mb-3 text-sm text-warn">
          {words.outdated(format.number(outdated), format.number(sum('ready')))}
        </p>
      )}
      {unread.includes('pods') ? (
        <p className="border-t border-line py-1.5 text-sm text-ink-soft">{words.podsUnread}</p>
      ) : (
        <PodTable id={id} side={side} version={version} />
      )}
    </div>
  )
}

/** A long path breaks after its slashes, if it must. */
function Foldable({ text }: { text: string }) {
  return [...text.matchAll(/[^/]*\/?/g)].map(({ 0: part, index }) => (
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ))
}
