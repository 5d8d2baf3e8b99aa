const SYNC_GAP_MS = 1000 / 0.3
const POLL_MS = 1000
const SETTLE_MS = 2

/** Workers of nginx in a replica: each serves connections of its own, and looks for news by itself. */
export const WORKERS = 2

/** Milliseconds from a change to its effect, or "real": as slow as a controller and its nginx worker. */
export type SyncDelay = number | 'real'

/** Reads the cluster into a configuration (`sync`), and lets one worker take the newest one (`apply`). */
export type Steps = { sync: () => void; apply: (worker: number) => void }

const workers = Array.from({ length: WORKERS }, (_, worker) => worker)

/** A replica's own clock: `changed` says that the cluster did, `stop` forgets what is under way. */
export type Clock = { changed: () => void; stop: () => void }

function steadyClock(delayMs: number, { sync, apply }: Steps): Clock {
  let timer: NodeJS.Timeout | undefined
  const fire = () => {
    timer = undefined
    sync()
    workers.forEach(apply)
  }
  return {
    changed() {
      timer ??= setTimeout(fire, Math.max(SETTLE_MS, delayMs)).unref()
    },
    stop: () => clearTimeout(timer),
  }
}

/**
 * A clock like a real replica's: syncs share 0.3 a second with a burst of one; each worker polls every second, at a
 * beat of its own.
 * The first configuration is in effect at once.
 * Source: ingress-nginx 1.15.1, --sync-rate-limit 0.3, task queue with flowcontrol token bucket, balancer.lua BACKENDS_SYNC_INTERVAL 1.
 */
function realClock({ sync, apply }: Steps): Clock {
  const phasesMs = workers.map(() => Math.random() * POLL_MS)
  const polls = new Map<number, NodeJS.Timeout>()
  let nextTokenMs = 0
  let started = false
  let waiting: NodeJS.Timeout | undefined

  const pollSoon = (worker: number) => {
    if (polls.has(worker)) return
    const untilPollMs = POLL_MS - ((performance.now() + (phasesMs[worker] ?? 0)) % POLL_MS)
    const poll = () => {
      polls.delete(worker)
      apply(worker)
    }
    polls.set(worker, setTimeout(poll, untilPollMs).unref())
  }
  const take = () => {
    waiting = undefined
    nextTokenMs = performance.now() + SYNC_GAP_MS
    sync()
    workers.forEach(started ? pollSoon : apply)
    started = true
  }
  return {
    changed() {
      waiting ??= setTimeout(take, Math.max(SETTLE_MS, nextTokenMs - performance.now())).unref()
    },
    stop() {
      clearTimeout(waiting)
      for (const poll of polls.values()) clearTimeout(poll)
    },
  }
}

/** A clock for one replica. */
export const clockOf = (delay: SyncDelay, steps: Steps): Clock =>
  delay === 'real' ? realClock(steps) : steadyClock(delay, steps)
