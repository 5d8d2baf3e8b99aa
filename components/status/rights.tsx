import { Ago } from '@/components/shell/ago'
import { Around } from '@/components/shell/around'
import { useLanguage } from '@/components/shell/language-context'
import { Icon } from '@/components/ui/icon'
import type { ClusterStatus, RightsStatus } from '@/lib/domain/model/status'
import { alikeRights } from '@/lib/domain/status/rights'
import { problemText } from '@/lib/language/problem'

/** What this identity may do in each namespace, and what of Halftone's acts it may not. */
export function Rights({ of: { rights, rightsLeftOut } }: { of: ClusterStatus }) {
  const { say } = useLanguage()
  const words = say.status.rights
  if (rights.length === 0) return <p>{words.none}</p>
  return (
    <>
      <ul className="divide-y divide-line text-sm">
        {alikeRights(rights).map(each => (
          <li
            key={each.namespace}
            className="grid gap-x-6 gap-y-1 py-2 first:pt-0 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_112px]"
          >
            <p>
              <code>{each.namespaces.join(', ')}</code>
            </p>
            <div>
              <Lacking of={each} />
              <Rules of={each} />
            </div>
            {each.problem === null && (
              <p className="text-ink-soft md:text-right">
                <Around text={words.askedAt} slot={<Ago at={each.askedAt} />} />
              </p>
            )}
          </li>
        ))}
      </ul>
      {rightsLeftOut > 0 && <p className="pt-2 text-sm text-ink-soft">{words.leftOut(rightsLeftOut)}</p>}
    </>
  )
}

function Lacking({ of: { problem, missing, limited, isComplete } }: { of: RightsStatus }) {
  const { say, language } = useLanguage()
  const words = say.status.rights
  if (problem)
    return (
      <p className="text-warn">
        <Icon name="warn" /> {words.notAsked} {problemText(problem, language)}
      </p>
    )
  const lacks = [
    ...missing.map(action => words.cannot(words.action[action])),
    ...limited.map(({ action, names }) => words.only(words.action[action], names.join(', '))),
  ]
  return (
    <>
      {lacks.length === 0 ? (
        <p>
          <Icon name="check" /> {words.all}
        </p>
      ) : (
        <ul>
          {lacks.map(each => (
            <li key={each} className={isComplete ? 'text-warn' : ''}>
              {each}
            </li>
          ))}
        </ul>
      )}
      {!isComplete && <p className="text-ink-soft">{words.incomplete}</p>}
    </>
  )
}

function Rules({ of: { rules } }: { of: RightsStatus }) {
  const { say } = useLanguage()
  if (rules.length === 0) return null
  return (
    <details className="mt-1">
      <summary className="link w-fit cursor-pointer text-ink-soft">
        {say.status.rights.rules(rules.length)}
      </summary>
      <ul className="py-1">
        {rules.map(({ verbs, groups, resources, names }) => {
          const where = groups.map(group => group || 'core').join(', ')
          const only = names.length > 0 ? ` (${names.join(', ')})` : ''
          const text = `${verbs.join(', ')}: ${resources.join(', ')}${only} · ${where}`
          return (
            <li key={text}>
              <code>{text}</code>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
