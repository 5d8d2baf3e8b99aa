'use client'
import { useMemo, useState } from 'react'
import { useEvery } from '@/components/live'
import { useLanguage } from '@/components/shell/language-context'
import { LinkButton } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import type { Route } from '@/lib/domain/model/release'

const AT_FIRST = 60

const nameOf = (route: Route) => `${route.host}${route.path}`

/** Routes that have no release, as the ordinary Ingresses name them. */
export function FreeRoutes({ namespace, query }: { namespace: string; query: string }) {
  const { say, format } = useLanguage()
  const [all, setAll] = useState(false)
  const known = useEvery('routes')
  const free = useMemo(() => {
    const text = query.toLowerCase()
    return [...(known ?? [])]
      .flatMap(([key, routes]) => routes.map((route, index) => ({ key: `${key}#${index}`, route })))
      .filter(({ route }) => route.release === null && (!namespace || route.namespace === namespace))
      .filter(({ route }) =>
        `${nameOf(route)}\n${route.service}\n${route.ingress}`.toLowerCase().includes(text),
      )
      .sort((a, b) => (nameOf(a.route) < nameOf(b.route) ? -1 : 1))
  }, [known, namespace, query])
  if (free.length === 0) return null

  const namespaces = new Set(free.map(({ route }) => route.namespace))
  const shown = all ? free : free.slice(0, AT_FIRST)
  return (
    <div className="mt-4">
      <Section bare title={say.board.routes} fact={say.board.routesFact(free.length, namespaces.size)}>
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(320px,100%),1fr))] gap-x-8">
          {shown.map(({ key, route }) => (
            <li
              key={key}
              className="truncate border-b border-line py-[7px]"
              title={`${nameOf(route)} → ${route.service}:${route.port}`}
            >
              <span className="font-mono text-sm">{route.path || '/'}</span>{' '}
              <span className="text-xs text-ink-soft">
                {route.host || say.shared.anyHost} · {route.namespace} · {route.service}
              </span>
            </li>
          ))}
        </ul>
        {shown.length < free.length && (
          <LinkButton className="mt-3 text-sm" onClick={() => setAll(true)}>
            {say.board.moreRoutesShow(format.number(free.length - shown.length))}
          </LinkButton>
        )}
        <p className="mt-3 text-sm text-ink-soft">{say.board.routesHint}</p>
      </Section>
    </div>
  )
}
