'use client'
import { useSights } from '@/components/board/use-listed'
import { useEvery } from '@/components/live'
import { useLanguage } from '@/components/shell/language-context'
import { Button } from '@/components/ui/button'

const NAMED = 8

/** Has any cluster been read yet: before that an empty board means nothing. */
export const useIsKnown = (): boolean =>
  Object.values(useSights()).some(({ connection }) => connection !== 'unreachable')

/** An empty board says what was looked for and where, and what would change it. */
export function EmptyBoard() {
  const { say, format } = useLanguage()
  const known = useIsKnown()
  const ingresses = [...(useEvery('routes')?.values() ?? [])]
  const routes = ingresses.flat()
  const namespaces = [...new Set(routes.map(route => route.namespace))].sort()
  if (!known) return <p className="max-w-[72ch] py-4">{say.board.nothingKnown}</p>
  if (namespaces.length === 0)
    return (
      <p className="max-w-[72ch] py-4">
        <b>{say.board.emptyNothing}</b> <span className="text-ink-soft">{say.board.emptyNextNothing}</span>
      </p>
    )
  const more = namespaces.length - NAMED
  const named = more > 0 ? [...namespaces.slice(0, NAMED), say.board.moreNamespaces(more)] : namespaces
  return (
    <div className="max-w-[72ch] py-4">
      <p className="font-semibold">{say.board.empty(namespaces.length)}</p>
      <p className="text-ink-soft">
        {say.board.emptyLooked(ingresses.length, format.list(named))} {say.board.emptyNext(routes.length)}
      </p>
    </div>
  )
}

/** Nothing fits the filter: says so and takes it away. */
export function NoMatch({ onShowAll }: { onShowAll: () => void }) {
  const { say } = useLanguage()
  return (
    <p className="flex flex-wrap items-center gap-3 border-t border-line py-4" role="status">
      {say.board.noMatch} <Button onClick={onShowAll}>{say.board.showAll}</Button>
    </p>
  )
}
