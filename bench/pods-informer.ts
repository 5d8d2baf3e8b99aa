import { setTimeout as wait } from 'node:timers/promises'
import { CoreV1Api, makeInformer } from '@kubernetes/client-node'
import { kubeConfigOf, measure, PODS } from '@/bench/pods/measure'

const [url = ''] = process.argv.slice(2)

await measure(url, async () => {
  const config = kubeConfigOf(url)
  const api = config.makeApiClient(CoreV1Api)
  const informer = makeInformer(config, '/api/v1/pods', () => api.listPodForAllNamespaces())
  await informer.start()
  while (informer.list().length < PODS) await wait(20)
  return () => informer.list().length
})
