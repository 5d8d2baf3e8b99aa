'use client'
import { FILTERS, type Filter, type View } from '@/components/board/filter'
import { useLanguage } from '@/components/shell/language-context'
import { SEARCH_MARK } from '@/components/shell/shortcuts'
import { Chip } from '@/components/ui/chip'
import { Icon } from '@/components/ui/icon'
import { KeyCap } from '@/components/ui/key-cap'

/** Chips with counts, the namespace and the search; all of it is in the address. */
export function Filters({
  view,
  counts,
  namespaces,
  onChange,
}: {
  view: View
  counts: Record<Filter, number>
  namespaces: readonly string[]
  onChange: (part: Partial<View>) => void
}) {
  const { say, format } = useLanguage()
  const shown = FILTERS.filter(filter => filter === 'all' || filter === view.show || counts[filter] > 0)
  return (
    <div className="flex flex-wrap items-center gap-2 pb-4">
      <fieldset className="m-0 -mx-(--pad) flex min-w-0 grow gap-2 overflow-x-auto px-(--pad) py-1 md:mx-0 md:flex-wrap md:overflow-visible md:px-0">
        <legend className="sr-only">{say.board.filters}</legend>
        {shown.map(filter => (
          <Chip
            key={filter}
            text={say.board.filter[filter]}
            count={format.number(counts[filter])}
            pressed={filter === view.show}
            onPress={() => onChange({ show: filter })}
          />
        ))}
      </fieldset>
      {namespaces.length > 1 && <NamespaceChoice view={view} namespaces={namespaces} onChange={onChange} />}
      <Search query={view.query} onChange={query => onChange({ query })} />
    </div>
  )
}

function NamespaceChoice({
  view,
  namespaces,
  onChange,
}: {
  view: View
  namespaces: readonly string[]
  onChange: (part: Partial<View>) => void
}) {
  const { say } = useLanguage()
  const unknown = view.namespace !== '' && !namespaces.includes(view.namespace)
  return (
    <label className="relative inline-flex h-(--ctl) items-center rounded-md border border-line-strong hover:bg-sunk has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-spot max-md:grow">
      <span className="pl-3 text-ink-soft">{say.board.namespace}</span>
      <select
        value={view.namespace}
        onChange={event => onChange({ namespace: event.currentTarget.value })}
        className="h-full max-w-56 field-sizing-content cursor-pointer appearance-none truncate bg-transparent pr-8 pl-1.5 outline-none max-md:grow [&>option]:bg-sheet"
      >
        <option value="">{say.board.allNamespaces(namespaces.length)}</option>
        {[...namespaces, ...(unknown ? [view.namespace] : [])].map(name => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <span className="pointer-events-none absolute right-2">
        <Icon name="down" />
      </span>
    </label>
  )
}

function Search({ query, onChange }: { query: string; onChange: (query: string) => void }) {
  const { say } = useLanguage()
  return (
    <label className="inline-flex h-(--ctl) w-58 items-center gap-1.5 rounded-md border border-line-strong bg-sheet px-2.5 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-spot max-md:w-full">
      <span className="text-ink-soft">
        <Icon name="search" />
      </span>
      <input
        {...SEARCH_MARK}
        type="search"
        value={query}
        maxLength={200}
        aria-label={say.board.search}
        placeholder={say.board.searchHint}
        onChange={event => onChange(event.currentTarget.value)}
        onKeyDown={event => event.key === 'Escape' && (query ? onChange('') : event.currentTarget.blur())}
        className="min-w-0 grow bg-transparent outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      <KeyCap>/</KeyCap>
    </label>
  )
}
