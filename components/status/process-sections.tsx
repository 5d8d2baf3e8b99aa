import { Ago } from '@/components/shell/ago'
import { useLanguage } from '@/components/shell/language-context'
import { Facts } from '@/components/status/facts'
import { Section } from '@/components/ui/section'
import { Cell, Head, Table } from '@/components/ui/table'
import type { Status } from '@/lib/domain/model/status'

/** Which versions run, and since when. */
export function ProcessSection({ status }: { status: Status }) {
  const { say } = useLanguage()
  const words = say.status.process
  return (
    <Section title={words.title} fact={words.fact}>
      <Facts
        of={[
          { name: words.halftone, value: status.halftone },
          { name: words.node, value: status.node },
          { name: words.next, value: status.next },
          { name: words.started, value: <Ago at={status.startedAt} /> },
        ]}
      />
    </Section>
  )
}

/** All variables, and what holds for each. */
export function ConfigurationSection({ configuration }: { configuration: Status['configuration'] }) {
  const { say } = useLanguage()
  const words = say.status.configuration
  return (
    <Section title={words.title} fact={words.fact}>
      <Table name={words.table} className="max-w-[880px]">
        <thead>
          <tr>
            <Head>{words.name}</Head>
            <Head>{words.value}</Head>
          </tr>
        </thead>
        <tbody>
          {configuration.map(({ name, value, isDefault }) => (
            <tr key={name}>
              <Cell className="whitespace-nowrap">
                <code>{name}</code>
              </Cell>
              <Cell>
                {value && <code>{value}</code>}{' '}
                {isDefault && <span className="text-ink-soft">{value ? words.byDefault : words.notSet}</span>}
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  )
}
