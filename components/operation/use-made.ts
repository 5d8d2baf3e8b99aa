import { useEvery } from '@/components/live'
import { keyOf } from '@/components/operation/use-operation'
import { useLanguage } from '@/components/shell/language-context'
import type { Operation, StepName } from '@/lib/domain/model/operation'
import type { HalfStarted } from '@/lib/domain/model/start'

/** Objects as one names them: "Deployment user-v2 and Service service-user-v2". */
export const objectsText = (
  objects: HalfStarted['objects'],
  list: (words: readonly string[]) => string,
): string => list(objects.map(({ kind, name }) => `${kind} ${name}`))

/** What a start has made by now, in words: as the cluster shows it, else as its steps tell; "" where neither does. */
export function useMade({ id, steps }: Operation): string {
  const { format } = useLanguage()
  const half = useEvery('half-started')?.get(`half-started/${keyOf(id)}`)
  if (half) return objectsText(half.objects, format.list)
  const made = (step: StepName, kind: string) =>
    steps.flatMap(each =>
      each.step === step && each.state === 'done' && each.params.name ? [`${kind} ${each.params.name}`] : [],
    )
  return format.list([
    ...made('ingress', 'Ingress'),
    ...made('service', 'Service'),
    ...made('deployment', 'Deployment'),
  ])
}
