'use client'
import Link from 'next/link'
import { useMemo, useState } from 'react'
import { useEvery } from '@/components/live'
import { useLanguage } from '@/components/shell/language-context'
import { startHref } from '@/components/start/start-address'
import { LinkButton } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import type { Route } from '@/lib/domain/model/release'

const AT_FIRST = 60

const nameOf = (route: Route) => `${route.host}${route.path}`

/** Clusters in which nothing may be written. */
function useReadOnly(): ReadonlySet<string> {
  const clusters = useEvery('cluster')
  return useMemo(
    () => new Set([...(clusters?.values() ?? [])].filter(each => each.readOnly).map(each => each.cluster)),
    [clusters],
  )
}

/** Routes that have no release, each with the way to start one, as the ordinary Ingresses name them. */
export function FreeRoutes({ namespace, query }: { namespace: string; query: string }) {
  const { say, format } = useLanguage()
  const [all, setAll] = useState(false)
  const known = useEvery('routes')
  const readOnly = useReadOnly()
  const free = useMemo(() => {
    const text = query.toLowerCase()
    return [...(known ?? [])]
      .flatMap(([key, routes]) =>
        routes.map((route, index) => ({ key: `${key}#${index}`, cluster: key.split('/')[1] ?? '', route })),
      )
      .filter(({ route }) => route.release === null && (!namespace || route.namespace === namespace))
      .filter(({ route }) =>
        `${nameOf(route)}\n${route.service}\n${route.ingress}`.toLowerCase().includes(text),
      )
      .sort((a, b) => (nameOf(a.route) < nameOf(b.route) ? -1 : 1))
  }, [known, namespace, query])
  if (free.length === 0) return null

  const namespaces = new Set(free.map(({ route }) => route.namespace))
  const isReadOnly = free.some(({ cluster }) => readOnly.has(cluster))
  const shown = all ? free : free.slice(0, AT_FIRST)
  return (
    <div className="mt-4">
      <Section bare title={say.board.routes} fact={say.board.routesFact(free.length, namespaces.size)}>
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(320px,100%),1fr))] gap-x-8">
          {shown.map(({ key, cluster, route }) => (
            <li
              key={key}
              className="flex items-center gap-3 border-b border-line py-[7px]"
              title={`${nameOf(route)} → ${route.service}:${route.port}`}
            >
              <span className="min-w-0 grow truncate">
                <span className="font-mono text-sm">{route.path || '/'}</span>{' '}
                <span className="text-xs text-ink-soft">
                  {route.host || say.shared.anyHost} · {route.namespace} · {route.service}
                </span>
              </span>
              {!readOnly.has(cluster) && (
                <Link
                  href={startHref({ cluster, route })}
                  prefetch={false}
                  className="link text-sm whitespace-nowrap"
                  aria-label={say.board.startOf(nameOf(route))}
                >
                  {say.start.act}
                </Link>
              )}
            </li>
          ))}
        </ul>
        {shown.length < free.length && (
          <LinkButton className="mt-3 text-sm" onClick={() => setAll(true)}>
            {say.board.moreRoutesShow(format.number(free.length - shown.length))}
          </LinkButton>
        )}
        <p className="mt-3 text-sm text-ink-soft">
          {isReadOnly ? say.shared.readOnly : say.board.routesHint}
        </p>
      </Section>
    </div>
  )
}
