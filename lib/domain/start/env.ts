import { type Failure, fail } from '@/lib/domain/problem'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'

/** Variables by name; null takes one away. */
export type EnvChanges = Readonly<Record<string, string | null>>

/** Source: Kubernetes, IsEnvVarName. */
const NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/
/** Control characters but line ends and tabs, and halves of characters. */
const ODD_VALUE = /[^\P{Cc}\n\r\t]|\p{Cs}/u

const nameOf = (entry: unknown): string => textOf(fieldsOf(entry).name)

/** Refuses variables that no container can have. Errors: `invalid-input` with the field `env`. */
export function envProblem(changes: EnvChanges): Failure | null {
  for (const [name, value] of Object.entries(changes)) {
    const isName = NAME.test(name) && name !== '.' && !name.startsWith('..')
    if (isName && (value === null || !ODD_VALUE.test(value))) continue
    const title = isName
      ? `The variable ${name} has control characters`
      : 'A variable has letters, digits and - . _, and does not begin with a digit'
    const params = { rule: isName ? 'value' : 'name', name: name.slice(0, 80) }
    return fail('invalid-input', title, { field: 'env', params })
  }
  return null
}

/** Those changes that make a difference to this container. */
export function differences(container: unknown, changes: EnvChanges): EnvChanges {
  const present = new Map(itemsOf(fieldsOf(container).env).map(entry => [nameOf(entry), fieldsOf(entry)]))
  return Object.fromEntries(
    Object.entries(changes).filter(([name, value]) => {
      const entry = present.get(name)
      if (!entry || value === null) return entry ? true : value !== null
      return entry.valueFrom !== undefined || textOf(entry.value) !== value
    }),
  )
}

/** The variables of a container with these changes: each in its place, new ones at the end, all others as they are. */
export function changedEnv(env: unknown, changes: EnvChanges): unknown[] {
  const put = (name: string) => (changes[name] === null ? [] : [{ name, value: changes[name] }])
  const entries = itemsOf(env)
  const names = entries.map(nameOf)
  const added = Object.keys(changes).filter(name => !names.includes(name))
  return [
    ...entries.flatMap((entry, index) => {
      const name = nameOf(entry)
      if (!Object.hasOwn(changes, name)) return [entry]
      return names.indexOf(name) === index ? put(name) : []
    }),
    ...added.flatMap(put),
  ]
}
