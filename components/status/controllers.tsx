import { FindingView, findingKey, worstFirst } from '@/components/shell/finding'
import { useLanguage } from '@/components/shell/language-context'
import { type Fact, Facts } from '@/components/status/facts'
import { Strip } from '@/components/ui/strip'
import type { ClusterStatus, ControllerStatus } from '@/lib/domain/model/status'

/** Who serves the Ingresses of a cluster, as far as its pods and IngressClasses show. */
export function Controllers({ of: { controllers, classesShared, watches } }: { of: ClusterStatus }) {
  const { say } = useLanguage()
  const words = say.status.controllers
  const arePodsUnread = watches.some(each => each.kind === 'pods' && each.state === 'unreadable')
  return (
    <div className="grid gap-6">
      {arePodsUnread && <Strip tone="note">{words.podsUnread}</Strip>}
      {classesShared.map(name => (
        <Strip key={name} tone="warn">
          {words.shared(name)}
        </Strip>
      ))}
      {controllers.length === 0 && !arePodsUnread && <p>{words.none}</p>}
      {controllers.map(each => (
        <Controller key={`${each.controllerClass} ${each.namespace} ${each.pods[0]?.name}`} of={each} />
      ))}
    </div>
  )
}

function Controller({ of: controller }: { of: ControllerStatus }) {
  const { say } = useLanguage()
  const words = say.status.controllers
  const { dialect, version, image, findings } = controller
  const isSeen = image !== null
  return (
    <article className="grid gap-3">
      <h3 className="text-md">
        {isSeen ? `${words.dialect[dialect]} ${version ?? words.versionUnknown}` : controller.controllerClass}
      </h3>
      {isSeen ? <SeenFacts of={controller} /> : <UnseenFacts of={controller} />}
      {worstFirst(findings).map(each => (
        <FindingView key={findingKey(each)} finding={each} open />
      ))}
    </article>
  )
}

function UnseenFacts({ of: { classes } }: { of: ControllerStatus }) {
  const { say } = useLanguage()
  const words = say.status.controllers
  return (
    <Facts
      of={[
        { name: words.classes, value: <code>{classes.join(', ')}</code> },
        { name: words.pods, value: words.unseen },
      ]}
    />
  )
}

function SeenFacts({ of: controller }: { of: ControllerStatus }) {
  const { say } = useLanguage()
  const words = say.status.controllers
  const { image, maker, classes, pods, namespace, canaries, flags } = controller
  const ready = pods.filter(each => each.ready).length
  const facts: Fact[] = [
    {
      name: words.image,
      value: (
        <>
          <code>{image}</code> {maker && <span className="text-ink-soft">{words.maker[maker]}</span>}
        </>
      ),
    },
    { name: words.classes, value: classes.length > 0 ? <code>{classes.join(', ')}</code> : words.noClasses },
    {
      name: words.pods,
      value: (
        <>
          {words.podsReady(ready, pods.length, namespace ?? '')}{' '}
          <code className="text-ink-soft">{pods.map(each => each.name).join(', ')}</code>
        </>
      ),
    },
    { name: words.flags, value: <Flags of={flags} /> },
    {
      name: words.canaries,
      value: <span className={canaries === 'as-modelled' ? '' : 'text-warn'}>{words.reading[canaries]}</span>,
    },
  ]
  return <Facts of={facts} />
}

function Flags({ of: flags }: { of: ControllerStatus['flags'] }) {
  const { say } = useLanguage()
  if (flags === null) return say.status.controllers.flagsUnread
  const entries = Object.entries(flags)
  if (entries.length === 0) return say.status.controllers.noFlags
  return (
    <ul>
      {entries.map(([name, value]) => (
        <li key={name}>
          <code>{`--${name}=${value}`}</code>
        </li>
      ))}
    </ul>
  )
}
