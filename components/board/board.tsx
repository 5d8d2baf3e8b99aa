'use client'
import Link from 'next/link'
import { useDeferredValue, useMemo } from 'react'
import { Bones } from '@/components/board/bones'
import { EmptyBoard, NoMatch, useIsKnown } from '@/components/board/empty-board'
import { countsOf, isShown, type Listed, matchesQuery, orderOf, type View } from '@/components/board/filter'
import { Filters } from '@/components/board/filters'
import { FreeRoutes } from '@/components/board/free-routes'
import { HalfStartedList } from '@/components/board/half-started-list'
import { ReleaseList } from '@/components/board/release-list'
import { useListed, useSights } from '@/components/board/use-listed'
import { useView } from '@/components/board/use-view'
import { useEvery, useLive } from '@/components/live'
import { useLatest } from '@/components/operation/use-operation'
import { useLanguage } from '@/components/shell/language-context'
import { startHref } from '@/components/start/start-address'
import { buttonClass } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'

/** The board: every release in flight, newest trouble first, and the routes that have none. */
export function Board() {
  useLive(['board', 'routes', 'half-started', 'operation'])
  const sights = useSights()
  const latest = useLatest()
  const listed = useListed(sights, latest)
  const { view, change } = useView()
  const { inPlace, keys, counts } = useShown(listed, view)
  const troubled = useMemo(() => countsOf(listed ?? []).attention, [listed])
  const namespaces = useNamespaces(listed)

  return (
    <main className="page-width pb-12" aria-busy={listed === undefined}>
      <Headline releases={listed?.length} troubled={troubled} />
      {listed && listed.length > 0 && (
        <Filters view={view} counts={counts} namespaces={namespaces} onChange={change} />
      )}
      {listed === undefined && <Bones />}
      {listed?.length === 0 && <EmptyBoard />}
      {listed && listed.length > 0 && inPlace === 0 && (
        <NoMatch onShowAll={() => change({ show: 'all', namespace: '', query: '' })} />
      )}
      {inPlace > 0 && <ReleaseList keys={keys} sights={sights} latest={latest} />}
      {listed && <HalfStartedList latest={latest} />}
      {listed && <FreeRoutes namespace={view.namespace} query={view.query} />}
    </main>
  )
}

/** The keys to list, in order; the same array as long as they are the same, so that one frame does not move the list. */
function useShown(listed: Listed[] | undefined, view: View) {
  const query = useDeferredValue(view.query)
  const { show, namespace } = view
  const found = useMemo(
    () =>
      (listed ?? []).filter(
        each => (!namespace || each.release.id.namespace === namespace) && matchesQuery(each, query),
      ),
    [listed, namespace, query],
  )
  const text = useMemo(
    () =>
      found
        .filter(each => isShown(each, show))
        .sort(orderOf)
        .map(each => each.key)
        .join('\n'),
    [found, show],
  )
  const keys = useMemo(() => (text === '' ? [] : text.split('\n')), [text])
  return { inPlace: keys.length, keys, counts: useMemo(() => countsOf(found), [found]) }
}

function useNamespaces(listed: Listed[] | undefined): string[] {
  const routes = useEvery('routes')
  return useMemo(() => {
    const names = new Set(listed?.map(each => each.release.id.namespace))
    for (const some of routes?.values() ?? []) for (const route of some) names.add(route.namespace)
    return [...names].sort()
  }, [listed, routes])
}

function Headline({ releases, troubled }: { releases: number | undefined; troubled: number }) {
  const { say } = useLanguage()
  const answered = useIsKnown()
  const isKnown = releases !== undefined && (releases > 0 || answered)
  const cluster = [...(useEvery('cluster')?.values() ?? [])].map(each => each.cluster).join(', ')
  const title = [isKnown ? say.board.title(releases) : say.shared.board, cluster, 'Halftone']
  const text = () => {
    if (!isKnown) return say.board.headlineLoading
    return releases === 0 ? say.board.headlineEmpty : say.board.headline(releases, troubled)
  }
  return (
    <>
      <title>{title.filter(Boolean).join(' · ')}</title>
      <div className="flex flex-wrap items-center justify-between gap-3 pt-6 pb-4">
        <h1 className="text-2xl font-normal tracking-[-.012em] [:lang(zh-CN)_&]:tracking-normal">{text()}</h1>
        <Link href={startHref({})} className={buttonClass('go')}>
          <Icon name="plus" /> {say.start.act}
        </Link>
      </div>
    </>
  )
}
