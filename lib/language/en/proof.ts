import { plural } from '@/lib/language/plural'

/** Words of the section that shows what samples prove. */
export const proof = {
  heading: 'Proof',
  fact: (perSecond: string) => `${perSecond} answers a second from`,
  factWaiting: 'No answer yet',
  factNone: 'No probes are sent',
  waiting: 'Opening this page starts the probes; the first answers appear here by themselves.',
  off: 'Sampling is switched off: nothing here is measured.',
  share: (version: string) => `Share of ${version}, in percent`,
  chartLabel: (version: string, lanes: string, window: string) =>
    `Share of ${version} over ${window}. ${lanes}`,
  chartLane: (lane: string, share: string, configured: string) =>
    `${lane}: ${share} seen, ${configured} configured.`,
  legend: { configured: 'configured', seen: 'seen, 99 % band', bin: (size: string) => `${size} each` },
  lane: { everyone: 'everyone', header: 'header', cookie: 'cookie' },
  configuredEnd: (share: string) => `${share} configured`,
  seenEnd: (share: string) => `${share} seen`,
  change: (from: string, to: string, by: string | null) => `${from} → ${to}${by ? `, ${by}` : ''}`,
  otherChange: (by: string | null) => `rules${by ? `, ${by}` : ''}`,
  noAnswers: 'No answers in this window yet.',
  last: (count: string) => `The last ${count} answers`,
  lastNone: 'The last answers',
  lastWaiting: 'Each answer will stand here as a ring or a dot.',
  lastHint: 'everyone, newest last',
  matrix: (counts: string) => `Answers to probes without a mark, oldest first. ${counts}`,
  unknown: 'unknown',
  error: 'error',
  answer: (p: { clock: string; version: string; status: string; ms: string; pod: string; early: boolean }) =>
    [p.clock, p.version, p.status, `${p.ms} ms`, p.pod, p.early ? 'sent before due, not counted' : '']
      .filter(Boolean)
      .join(' · '),
  pick: 'Point at a dot, or use the arrow keys, to see one answer.',
  lanes: 'Lanes',
  column: {
    lane: 'Lane',
    sent: 'sent',
    unknown: 'unknown',
    errors: 'errors',
    latency: (version: string) => `p50 / p95 ${version}, ms`,
    verdict: 'Verdict since the lane last changed',
  },
  verdictSays: {
    asConfigured: (seen: string, configured: string, tolerance: string) =>
      `${seen} seen, ${configured} configured${tolerance ? ` (±\u00a0${tolerance})` : ''}`,
    allOf: (count: string) => `all of ${count}`,
    notAsConfigured: (seen: string, configured: string) => `${seen} seen, ${configured} configured`,
    notEnough: (seen: string | null, missing: string, tolerance: string) =>
      `${seen === null ? 'no answer yet' : `${seen} seen so far`}, about ${missing} more needed${tolerance ? ` for ±\u00a0${tolerance}` : ''}`,
    unknownShare: (share: string) => `${share} unknown`,
    errorShare: (share: string) => `${share} errors`,
  },
  beginsAnew: 'These answers are of an earlier configuration.',
  examples: (count: number) => plural(count, 'example answer', 'example answers'),
  example: (status: string, type: string, words: string) =>
    `${status}${type ? ` ${type}` : ''}${words ? `: found ${words}` : ': found no version'}`,
  pause: 'Pause',
  resume: 'Go on',
  pausedAt: (clock: string) => `This picture stands still since ${clock}; sampling goes on.`,
  rate: 'Rate',
  rateValue: (perSecond: string) => `${perSecond} / s`,
  window: 'Window',
  minutes: (count: number) => `${count} min`,
  asTable: 'View as table',
  asChart: 'View as chart',
  tableName: (lane: string) => `Share over time, ${lane}`,
  tableColumn: { time: 'at', bin: 'just then', seen: 'seen', band: '99 % band', configured: 'configured' },
  announce: (lane: string, verdict: string) => `${lane}: ${verdict}`,
}
