'use client'
import Link from 'next/link'
import { useDeferredValue, useMemo, useState } from 'react'
import { useEvery } from '@/components/live'
import { useLanguage } from '@/components/shell/language-context'
import { releaseHref } from '@/components/shell/release-href'
import { SEARCH_MARK } from '@/components/shell/shortcuts'
import type { RouteAddress } from '@/components/start/start-address'
import { LinkButton } from '@/components/ui/button'
import { fieldClass } from '@/components/ui/field'
import type { Route } from '@/lib/domain/model/release'

const AT_FIRST = 40

type Known = { key: string; cluster: string; route: Route; text: string }

const nameOf = ({ host, path }: Route) => `${host}${path || '/'}`

/** Every route that is known, by name, with what one would search it by. */
function useRoutes(): Known[] | undefined {
  const all = useEvery('routes')
  return useMemo(
    () =>
      all &&
      [...all]
        .flatMap(([key, routes]) =>
          routes.map((route, index): Known => {
            const cluster = key.split('/')[1] ?? ''
            const text = [nameOf(route), route.namespace, route.service, route.ingress, cluster].join('\n')
            return { key: `${key}#${index}`, cluster, route, text: text.toLowerCase() }
          }),
        )
        .sort((a, b) => (nameOf(a.route) < nameOf(b.route) ? -1 : 1)),
    [all],
  )
}

/** All routes to choose from; those that have a release lead to it. */
export function RouteList({ onChoose }: { onChoose: (cluster: string, route: RouteAddress) => void }) {
  const { say, format } = useLanguage()
  const words = say.start.route
  const [query, setQuery] = useState('')
  const [all, setAll] = useState(false)
  const wanted = useDeferredValue(query).toLowerCase().split(/\s+/).filter(Boolean)
  const routes = useRoutes()
  if (!routes) return <p className="late text-ink-soft">{words.reading}</p>
  const found = routes.filter(({ text }) => wanted.every(word => text.includes(word)))
  const free = found.filter(({ route }) => route.release === null)
  const taken = found.filter(({ route }) => route.release !== null)
  const several = new Set(routes.map(each => each.cluster)).size > 1
  const shown = all ? free : free.slice(0, AT_FIRST)
  return (
    <div className="grid gap-4">
      <input
        {...SEARCH_MARK}
        data-first
        type="search"
        value={query}
        maxLength={200}
        aria-label={words.search}
        placeholder={words.hint}
        onChange={event => setQuery(event.currentTarget.value)}
        className={`${fieldClass(false)} w-full max-w-100`}
      />
      {free.length === 0 && <p className="text-ink-soft">{wanted.length > 0 ? words.noMatch : words.none}</p>}
      <ul aria-label={words.list} className="border-b border-line empty:hidden">
        {shown.map(({ key, cluster, route }) => (
          <li key={key}>
            <button
              type="button"
              onClick={() => onChoose(cluster, route)}
              className="w-full border-t border-line py-2 text-left -outline-offset-2 hover:bg-sunk"
            >
              <RouteFacts route={route} cluster={several ? cluster : ''} />
            </button>
          </li>
        ))}
      </ul>
      {shown.length < free.length && (
        <LinkButton className="justify-self-start text-sm" onClick={() => setAll(true)}>
          {words.more(format.number(free.length - shown.length))}
        </LinkButton>
      )}
      {taken.length > 0 && <Taken routes={taken.slice(0, AT_FIRST)} several={several} />}
    </div>
  )
}

function Taken({ routes, several }: { routes: readonly Known[]; several: boolean }) {
  const { say } = useLanguage()
  return (
    <div>
      <h3 className="mb-1 text-sm text-ink-soft">{say.start.route.taken}</h3>
      <ul>
        {routes.map(({ key, cluster, route }) => (
          <li key={key} className="border-t border-line py-2 text-ink-soft">
            <RouteFacts route={route} cluster={several ? cluster : ''} />{' '}
            <Link
              className="link"
              prefetch={false}
              href={releaseHref({
                cluster,
                namespace: route.releaseNamespace ?? route.namespace,
                name: route.release ?? '',
              })}
            >
              {say.start.toRelease(route.release ?? '')}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

function RouteFacts({ route, cluster }: { route: Route; cluster: string }) {
  const { say } = useLanguage()
  const { path, host, namespace, service, port, pathType } = route
  const more = [host || say.shared.anyHost, pathType, namespace, ...(cluster ? [cluster] : [])]
  return (
    <>
      <span className="font-mono">{path || '/'}</span>{' '}
      <span className="text-sm text-ink-soft">
        {more.filter(Boolean).join(' · ')} → {service}:{port}
      </span>
    </>
  )
}
