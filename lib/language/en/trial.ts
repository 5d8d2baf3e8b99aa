import { trialSays } from '@/lib/language/en/trial-says'
import { code, type Piece, type Rich, rich } from '@/lib/language/rich'

/** Words of *Try a request*. */
export const trial = {
  heading: 'Try a request',
  clear: 'Clear',
  path: 'Path',
  host: 'Host',
  anyHost: 'any',
  header: 'Header',
  cookie: 'Cookie',
  headerName: (place: string) => `Request header ${place}, name`,
  headerValue: (place: string) => `Request header ${place}, value`,
  cookieName: (place: string) => `Request cookie ${place}, name`,
  cookieValue: (place: string) => `Request cookie ${place}, value`,
  name: 'name',
  value: 'value',
  removeHeader: (place: string) => `Remove request header ${place}`,
  removeCookie: (place: string) => `Remove request cookie ${place}`,
  addHeader: 'Add header',
  addCookie: 'Add cookie',
  presets: 'Carry',
  preset: {
    none: 'no marks',
    header: 'the header rule’s mark',
    cookie: 'the cookie rule’s mark',
  },
  needsExample: 'The pattern of the header rule has no example to carry.',
  typeHost: (pattern: string): Rich => rich`Type a host that ${code(pattern)} takes.`,
  correct: 'Correct what is marked above, then it can be told.',
  lines: 'What each rung says',
  rung: {
    location: 'Route',
    endpoints: 'Stable',
    affinity: 'Affinity',
    alternative: 'Canary',
    header: 'Header',
    cookie: 'Cookie',
    weight: 'Weight',
  },
  says: trialSays,
  after: {
    passed: ', go on',
    decides: ': decided here',
    'would-decide': ': would decide',
    'not-reached': '',
  },
  decidesHere: 'The request beside it is decided here.',
  dropped: (name: string): Rich =>
    rich`nginx drops the header ${code(name)}: its name has something else than letters, digits and hyphens.`,
  elsewhere: (route: string, release: string | null): Rich =>
    release
      ? rich`It lands on ${code(route)}, where the release ${code(release)} decides, not this one.`
      : rich`It lands on ${code(route)}, where this release has no say.`,
  otherController:
    'ingress-nginx does not serve this release, so what happens to the request cannot be told.',
  drafting: 'By the rules as they are written: your draft is not in it.',
  asking: 'Asking …',
  notCurrent: 'What you see is not current.',
  always: 'always, for this request',
  split: (p: { canary: Piece; stable: Piece; weight: string; total: string }): Rich =>
    rich`${p.canary} ${p.weight} of ${p.total}, ${p.stable} the rest`,
  nobody: { '503': '503: nobody answers', '404': '404: no route takes it', unknown: 'Cannot be told' },
  copyCurl: 'Copy curl',
  noGateway: 'No gateway is known, so there is no address for a command.',
  send: 'Send it for real',
  sending: 'Sending …',
  /** What stands before and after how long ago it was. */
  answered: ['Answered ', ': '],
  through: (gateway: string) => `through ${gateway}`,
  tookMs: (ms: string) => `${ms} ms`,
  notSent: (why: string) => `Nothing was sent: ${why}.`,
  unrecognised: 'No version recognised',
  failed: 'No usable answer',
  agrees: 'As predicted.',
  changedSince: 'The release has changed since: send it again to compare it with what is predicted now.',
  provesNothing:
    'One answer proves nothing about a split: the next one is drawn anew. The proof below counts them.',
  cannotTell: 'Whether that is as predicted cannot be told.',
  cannotTellWhy: (why: string) => `Whether that is as predicted cannot be told: ${why}.`,
  oneUnknown: 'the answer names neither version',
  differs: (predicted: Piece): Rich => rich`Not as predicted: that was ${predicted}.`,
  reason: {
    'not-due': 'The last change is not due yet: the gateway may still go by what was before.',
    affinity: 'With session affinity the controller’s own cookies count, and those cannot be predicted.',
    elsewhere:
      'Otherwise another replica of the controller, or something in front of it, decides differently: look at the proof below.',
  },
}
