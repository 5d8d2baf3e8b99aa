import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { fieldsOf, textOf, wholeOf } from '@/lib/domain/raw'
import type { Fields } from '../api/object'

/** Told after every change of readiness, and after every failed probe with the reason. */
export type Hear = (ready: boolean, why?: string) => void

/**
 * Asks a pod's readiness probe until `signal` aborts. Without an HTTP probe the pod is ready at once.
 * Limits: `httpGet` on the pod's only port; other probes count as passed.
 */
export async function watchReadiness(
  probe: Fields,
  port: number,
  signal: AbortSignal,
  hear: Hear,
): Promise<void> {
  if (probe.httpGet === undefined) return hear(true)
  const { path } = fieldsOf(probe.httpGet)
  const limitMs = wholeOf(probe.timeoutSeconds, 1) * 1000
  let [passed, failed] = [0, 0]
  let isReady = false
  await sleep(wholeOf(probe.initialDelaySeconds) * 1000, undefined, { signal }).catch(() => undefined)
  while (!signal.aborted) {
    const why = await faultOf(port, textOf(path) || '/', limitMs)
    if (signal.aborted) return
    passed = why ? 0 : passed + 1
    failed = why ? failed + 1 : 0
    if (passed >= wholeOf(probe.successThreshold, 1)) isReady = true
    if (failed >= wholeOf(probe.failureThreshold, 3)) isReady = false
    hear(isReady, why)
    await sleep(wholeOf(probe.periodSeconds, 10) * 1000, undefined, { signal }).catch(() => undefined)
  }
}

/** What is wrong with one answer of a pod; undefined when nothing is. */
function faultOf(port: number, path: string, limitMs: number): Promise<string | undefined> {
  return new Promise(done => {
    const asked = request({
      host: '127.0.0.1',
      port,
      path,
      agent: false,
      headers: { 'user-agent': 'kube-probe/1.34' },
    })
    const limit = setTimeout(() => {
      done(`Get "http://127.0.0.1:${port}${path}": context deadline exceeded`)
      asked.destroy()
    }, limitMs)
    asked.on('response', response => {
      clearTimeout(limit)
      const status = response.statusCode ?? 0
      response.destroy()
      done(status >= 200 && status < 400 ? undefined : `HTTP probe failed with statuscode: ${status}`)
    })
    asked.on('error', error => {
      clearTimeout(limit)
      done(error.message)
    })
    asked.end()
  })
}
