import 'server-only'

/** How long operations wait. Units: milliseconds; of what is watched only time in which the watch is live counts. */
export type OperationTimes = {
  /** A pod in a state that does not pass by waiting. */
  hopelessMs: number
  podsMs: number
  endpointsMs: number
  /** From *due* until the canary must have been shown to be reachable. */
  reachableMs: number
  /** From *due* on, how long nothing may be told before it is said that nothing can be told. */
  blindMs: number
  /** What was there and is not to be seen any more counts as deleted after this. */
  goneMs: number
  /** An API server that does not answer: one call, and all tries of one call. */
  askMs: number
  patienceMs: number
  /** Between two looks at what the watch has shown. */
  lookMs: number
  /** How long an operation that has ended is kept. */
  keepMs: number
}

/** The times of the product. */
export const operationTimes: OperationTimes = {
  hopelessMs: 15_000,
  podsMs: 600_000,
  endpointsMs: 60_000,
  reachableMs: 60_000,
  blindMs: 15_000,
  goneMs: 5_000,
  askMs: 10_000,
  patienceMs: 600_000,
  lookMs: 200,
  keepMs: 3_600_000,
}
