import 'server-only'
import type { Band } from '@/lib/domain/confidence'
import type { Samples } from '@/lib/domain/model/samples'
import { noSeries, type Series, withDrawn } from '@/lib/domain/share'
import type { Judged } from '@/lib/server/sampler/judge'
import type { LanePlan } from '@/lib/server/sampler/plan'

/** When an answer was asked for and in which lane; `counts` where a verdict counts it. */
type Drawing = { plan: LanePlan; atMs: number; counts: boolean; band: Band | null }

const RECENT = 400

/** What is drawn of all answers, whether or not a verdict counts them: the chart's buckets and the last dots. */
export class Picture {
  #series: Series = noSeries
  #recent: Samples['recent'] = []
  #answeredSoFar = 0

  /** Adds one answer; the band is drawn of answers that count. */
  add(answer: Judged, { plan, atMs, counts, band }: Drawing): void {
    const { lane, expected } = plan
    const { answered, status, ms, pod } = answer
    this.#series = withDrawn(this.#series, { lane, answered, atMs, expected, band: counts ? band : null })
    if (lane !== 'everyone') return
    this.#answeredSoFar++
    this.#recent.push([atMs, lane, answered, status, ms, counts ? 0 : 1, pod])
    if (this.#recent.length > RECENT) this.#recent.shift()
  }

  view(): Pick<Samples, 'bucketMs' | 'series' | 'recent' | 'answeredSoFar'> {
    const { bucketMs, lanes } = this.#series
    return {
      bucketMs,
      series: { everyone: [...lanes.everyone], header: [...lanes.header], cookie: [...lanes.cookie] },
      answeredSoFar: this.#answeredSoFar,
      recent: [...this.#recent],
    }
  }
}
