'use client'
import Link from 'next/link'
import { useMemo } from 'react'
import { useContact, useLive, useLiveValue } from '@/components/live'
import { useLatest } from '@/components/operation/use-operation'
import { FindingList } from '@/components/release/findings/finding-list'
import { Head } from '@/components/release/head'
import { nameOf } from '@/components/release/name-of'
import { Proof } from '@/components/release/proof/proof'
import { ReachableLine } from '@/components/release/reachable-line'
import { RollBack } from '@/components/release/roll-back'
import { RollBackProgress } from '@/components/release/roll-back-progress'
import { Rules } from '@/components/release/rules/rules'
import { StateLine } from '@/components/release/state-line'
import { Traffic } from '@/components/release/traffic/traffic'
import { Truth } from '@/components/release/truth'
import { useObserved, useOff, useSame } from '@/components/release/use-facts'
import { useRollBack } from '@/components/release/use-roll-back'
import { Versions } from '@/components/release/versions'
import { WorkStrip } from '@/components/release/work-strip'
import { useLanguage } from '@/components/shell/language-context'
import { Bone } from '@/components/ui/bone'
import { claimsOf } from '@/lib/domain/claims'
import type { Release, ReleaseId } from '@/lib/domain/model/release'

/** One release, top to bottom as one story: what is true, the versions, the weight, the rules, the proof. */
export function ReleasePage({ id }: { id: ReleaseId }) {
  const name = `${id.cluster}/${id.namespace}/${id.name}` as const
  useLive([`release/${name}`, `samples/${name}`, 'operation'])
  const release = useLiveValue(`release/${name}`)
  if (release === undefined) return <Loading id={id} />
  if (release === null) return <Gone id={id} />
  return <Known release={release} name={name} />
}

function Known({ release, name }: { release: Release; name: `${string}/${string}/${string}` }) {
  const { say, format } = useLanguage()
  const samples = useLiveValue(`samples/${name}`) ?? null
  const cluster = useLiveValue(`cluster/${release.id.cluster}`)
  const lost = useContact()?.state === 'lost'
  const connection = lost ? 'stale' : (cluster?.state ?? 'live')
  const blind = cluster?.unreadable
  const work = useLatest().get(name)
  const claims = useMemo(() => {
    const unreadable = blind?.map(each => each.kind) ?? []
    return claimsOf({ release, connection, samples, unreadable, work: work?.state })
  }, [release, connection, samples, blind, work?.state])
  const unread = useSame(claims.unread)
  const hand = useRollBack(release)
  const off = useOff(release, cluster ?? null)
  const { observed, unseen } = useObserved(samples, claims)
  const route = release.routes[0]
  const where = route ? `${route.host}${route.path}` : release.id.name
  return (
    <main className="page-width pb-12 max-md:pb-28">
      <title>{`${say.release.title(where, nameOf(release.canary), format.number(release.weight), release.id.cluster)} · Halftone`}</title>
      <Head id={release.id}>
        <RollBack release={release} hand={hand} />
      </Head>
      <div className="pt-2 pb-6">
        <Truth claims={claims} />
        <StateLine release={release} claims={claims} />
        <ReachableLine release={release} claims={claims} />
        <RollBackProgress
          state={hand.state}
          release={release}
          claims={claims}
          sampled={samples !== null && samples.state === 'sampling'}
        />
        <WorkStrip work={work} release={release} />
      </div>
      <FindingList release={release} off={off} />
      <div className="3xl:grid 3xl:grid-cols-2 3xl:items-start 3xl:gap-x-16">
        <div className={`min-w-0 ${claims.connection === 'live' ? '' : 'text-ink-soft'}`}>
          <Versions release={release} unread={unread} work={work} off={off} />
          <Traffic
            release={release}
            observed={observed}
            unseen={unseen}
            off={off}
            counted={!unread.includes('endpoints')}
          />
          <Rules release={release} off={off} gateway={gatewayOf(samples?.target, cluster?.gateway?.url)} />
        </div>
        <div className="min-w-0">
          <Proof release={release} samples={samples} claims={claims} off={off} />
        </div>
      </div>
    </main>
  )
}

/** Where the release's probes go; before that is known, the cluster's gateway. `target` may name several, for each replica one. */
function gatewayOf(target: string | null | undefined, otherwise: string | undefined): string | null {
  const [first = ''] = target?.split(', ') ?? []
  return URL.canParse(first) ? new URL(first).origin : (otherwise ?? null)
}

function Loading({ id }: { id: ReleaseId }) {
  const { say } = useLanguage()
  return (
    <main className="late page-width grid gap-8 pt-14" aria-busy="true">
      <title>{`${id.name} · ${id.cluster} · Halftone`}</title>
      <h1 className="sr-only">{`${say.release.loading} ${id.name}`}</h1>
      <Bone className="h-9 w-2/3" />
      <Bone className="h-44 w-full" />
      <Bone className="h-52 w-full" />
      <Bone className="h-72 w-full" />
    </main>
  )
}

function Gone({ id }: { id: ReleaseId }) {
  const { say } = useLanguage()
  const { title, text, toBoard } = say.release.gone
  return (
    <main className="page-width py-12">
      <title>{`${title} · Halftone`}</title>
      <h1 className="text-2xl font-normal">{title}</h1>
      <p className="mt-2 max-w-[70ch] text-ink-soft">{text(`${id.namespace}/${id.name}`)}</p>
      <p className="mt-4">
        <Link href="/" className="link">
          {toBoard}
        </Link>
      </p>
    </main>
  )
}
