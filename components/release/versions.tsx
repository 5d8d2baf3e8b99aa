import { memo } from 'react'
import { BuildProgress } from '@/components/release/build-progress'
import { FixedBuild } from '@/components/release/fixed-build'
import { nameOf } from '@/components/release/name-of'
import { perPod } from '@/components/release/traffic/load'
import { VersionColumn } from '@/components/release/version-column'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { Section } from '@/components/ui/section'
import { Strip } from '@/components/ui/strip'
import type { Unread } from '@/lib/domain/model/claims'
import type { Operation } from '@/lib/domain/model/operation'
import type { Release } from '@/lib/domain/model/release'

/** Both versions side by side, stable left, canary right: what runs, how much of it is ready, and its pods. */
export const Versions = memo(function Versions({
  release,
  unread,
  work,
  off,
}: {
  release: Release
  unread: readonly Unread[]
  /** The latest work on it. */
  work: Operation | undefined
  off: string | undefined
}) {
  const { say, format } = useLanguage()
  const { stable, canary, weight, weightTotal, id } = release
  const sides = [stable, canary]
  const empty = unread.includes('endpoints') ? [] : sides.filter(side => side.endpoints.ready === 0)
  const partly = sides.filter(side => side.deployments.some(each => each.ready < each.replicas))
  const words = say.release.versions
  const list = (some: typeof sides) => format.list(some.map(nameOf))
  const fact =
    unread.length > 0
      ? words.unread
      : empty.length > 0
        ? words.empty(list(empty))
        : partly.length > 0
          ? words.notReady(list(partly))
          : words.both
  const [carried, usual] = [perPod(weight, canary), perPod(weightTotal, stable)]
  return (
    <Section title={words.heading} fact={fact}>
      <div className="grid gap-x-8 gap-y-6 md:grid-cols-2">
        <VersionColumn
          id={id}
          side="stable"
          version={stable}
          unread={unread}
          parts={Math.max(0, weightTotal - weight)}
          total={weightTotal}
        />
        <div className="min-w-0">
          <VersionColumn
            id={id}
            side="canary"
            version={canary}
            unread={unread}
            parts={Math.min(weight, weightTotal)}
            total={weightTotal}
          />
          {work && <BuildProgress work={work} release={release} />}
          <FixedBuild release={release} work={work} off={off} />
        </div>
      </div>
      {carried !== null && usual !== null && carried > usual && (
        <div className="mt-4">
          <Strip tone="warn">
            <RichText
              of={words.tooFew({
                version: nameOf(canary),
                perPod: format.number(carried),
                other: nameOf(stable),
                otherPerPod: format.number(usual),
              })}
            />
          </Strip>
        </div>
      )}
    </Section>
  )
})
