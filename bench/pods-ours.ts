import { kubeConfigOf, measure } from '@/bench/pods/measure'
import type { Pod } from '@/lib/domain/model/workload'
import { parsePod } from '@/lib/domain/pod'
import { openConnection } from '@/lib/server/kubernetes/connection'
import { keepListed } from '@/lib/server/kubernetes/list-watch'
import { Liveness } from '@/lib/server/kubernetes/liveness'
import { sharedTexts } from '@/lib/server/kubernetes/shared-texts'
import { Store } from '@/lib/server/kubernetes/store'

const [url = ''] = process.argv.slice(2)

await measure(url, async () => {
  const connection = openConnection({ config: kubeConfigOf(url), context: 'bench' })
  if (!connection.ok) throw new Error(connection.problem.title)
  const store = new Store<Pod>()
  let done: () => void = () => undefined
  const isLive = new Promise<void>(resolve => {
    done = resolve
  })
  const changed = () => {
    if (liveness.state().state === 'live') done()
  }
  const liveness = new Liveness({ probe: async () => true, probeMs: 2_000, changed })
  void keepListed({
    kind: { name: 'pods', group: 'api/v1', namespaced: true, parse: parsePod },
    namespace: null,
    connection: connection.value,
    store,
    liveness,
    share: sharedTexts(),
    idleMs: 90_000,
    signal: new AbortController().signal,
    report: bug => {
      throw bug
    },
  })
  liveness.start()
  await isLive
  return () => store.all().length
})
