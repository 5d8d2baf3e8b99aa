import 'server-only'
import { percentilesOf } from '@/lib/domain/latency'
import type { Samples } from '@/lib/domain/model/samples'
import type { LaneRun } from '@/lib/server/sampler/lane-run'
import type { Proven } from '@/lib/server/sampler/lane-runs'
import type { Picture } from '@/lib/server/sampler/picture'
import type { Standing } from '@/lib/server/sampler/standing'

/** What the sampling of one release holds, before it is published. */
type Held = Pick<Samples, 'state' | 'target' | 'perSecond' | 'reachable'> & {
  standing: Standing
  dueMs: number
  proven: Proven
  runs: readonly LaneRun[]
  picture: Picture
}

const isoText = (ms: number) => new Date(ms).toISOString()
const isoOrNull = (ms: number | null) => (ms === null ? null : isoText(ms))

/** The samples of a release as they are published. */
export function samplesOf({ standing, dueMs, proven, runs, picture, ...plain }: Held): Samples {
  return {
    ...plain,
    since: standing.since,
    written: isoText(standing.writtenMs),
    due: isoText(dueMs),
    inEffect: isoOrNull(proven.inEffectMs),
    inEffectMissing: proven.missing,
    replicas: proven.replicas.map(({ url, inEffectMs, missing }) => {
      return { url, inEffect: isoOrNull(inEffectMs), missing }
    }),
    lanes: runs.map(run => run.view(plain.state === 'off' ? 'sampling-off' : null)),
    latency: {
      stable: percentilesOf(runs.flatMap(run => run.latencies.stable)),
      canary: percentilesOf(runs.flatMap(run => run.latencies.canary)),
    },
    changes: [...standing.changes],
    ...picture.view(),
  }
}
