import type { Evidence } from '@/lib/domain/model/claims'
import { fractionOf } from '@/lib/language/fraction'
import { grouped, plural } from '@/lib/language/plural'
import { canary, code, type Rich, rich, stable, strong } from '@/lib/language/rich'

/** "1 in 5 requests", "half of the requests", "all requests", as the subject of a sentence. */
function shareWords(weight: number, weightTotal: number): { words: Rich; verb: string } {
  const { part, whole } = fractionOf(Math.min(weight, weightTotal), weightTotal)
  if (part === whole) return { words: rich`${strong('All')} requests`, verb: 'go' }
  if (whole === 2) return { words: rich`${strong('Half')} of the requests`, verb: 'go' }
  return {
    words: rich`${strong(`${grouped(part)} in ${grouped(whole)}`)} requests`,
    verb: part === 1 ? 'goes' : 'go',
  }
}

const place = (host: string, path: string) => code(`${host}${path}`)

/** How well a clause is founded, or that nothing can found it. */
export type Founded = Evidence | 'unmeasured'

/** How the verb changes with what is known: only what answers prove is said as a fact. */
const asKnown = (evidence: Founded, verb: string) =>
  evidence === 'in-effect' ? verb : `${verb === 'goes' ? 'is' : 'are'} set to go`

const DOUBT: Record<Founded, string> = {
  'in-effect': '',
  written: ' No answer has proven it yet.',
  due: ' Too few answers to prove it yet.',
  contradicted: ' The answers say otherwise.',
  stale: ' This is the last picture; it may have changed.',
  unmeasured: ' It cannot be measured now.',
}

/** Words of the release page: its head, versions and what may be said about it. */
export const release = {
  loading: 'Reading the release',
  crumbs: 'You are here',
  title: (route: string, version: string, weight: string, cluster: string) =>
    `${route} · ${version} at ${weight} · ${cluster}`,
  gone: {
    title: 'This release is gone',
    text: (name: string) =>
      `The canary Ingress ${name} is not in the cluster: it was removed, or the link is old. Without it nothing sends a request to the canary.`,
    toBoard: 'To the board',
  },
  truth: {
    share: (p: {
      host: string
      path: string
      canary: string
      weight: number
      weightTotal: number
      evidence: Founded
    }): Rich => {
      const { words, verb } = shareWords(p.weight, p.weightTotal)
      return rich`${words} to ${place(p.host, p.path)} ${asKnown(p.evidence, verb)} to ${canary(p.canary)}.${DOUBT[p.evidence]}`
    },
    nobody: (p: { host: string; path: string; stable: string; evidence: Founded }): Rich =>
      rich`${strong('All')} requests to ${place(p.host, p.path)} ${asKnown(p.evidence, 'go')} to ${stable(p.stable)}.${DOUBT[p.evidence]}`,
    nobodyUnmarked: (p: { host: string; path: string; stable: string; evidence: Founded }): Rich =>
      rich`Requests to ${place(p.host, p.path)} ${asKnown(p.evidence, 'go')} to ${stable(p.stable)}.${DOUBT[p.evidence]}`,
    rules: (marks: readonly Rich[], p: { canary: string; weight: number; evidence: Founded }): Rich => {
      const listed = marks.flatMap((mark, index) => (index === 0 ? mark : [' or ', ...mark]))
      const known = p.evidence === 'in-effect'
      if (p.weight > 0)
        return rich`Requests with ${listed} ${known ? 'always do' : 'should always go there'}.`
      return rich`Only requests with ${listed} ${known ? 'go' : 'are set to go'} to ${canary(p.canary)}.`
    },
    header: (name: string) => rich`the header ${code(name)}`,
    headerValue: (name: string, value: string) => rich`${code(`${name}: ${value}`)}`,
    headerPattern: (name: string, pattern: string) => rich`${code(name)} matching ${code(pattern)}`,
    cookie: (name: string) => rich`the cookie ${code(`${name}=always`)}`,
    dead: (p: { host: string; path: string; canary: string }): Rich =>
      p.canary === ''
        ? rich`${strong('No request')} to ${place(p.host, p.path)} reaches a canary: there is no Service of one.`
        : rich`${strong('No request')} to ${place(p.host, p.path)} reaches ${canary(p.canary)}: this canary does nothing.`,
    deadNowhere: 'This canary does nothing: it belongs to no route.',
    stableEmpty: (p: { host: string; path: string; stable: string }): Rich =>
      rich`Requests to ${place(p.host, p.path)} get ${strong('503')}: ${stable(p.stable)} has no ready endpoint.`,
    canaryEmpty: (p: { host: string; path: string; canary: string; stable: string }): Rich =>
      rich`${strong('All')} requests to ${place(p.host, p.path)} get ${stable(p.stable)}: ${canary(p.canary)} has no ready endpoint.`,
    wider: (routes: number) =>
      rich`The same holds for ${plural(routes, 'more path', 'more paths')} of the same Service.`,
  },
  connection: {
    live: 'Connected',
    stale: 'Stale',
    unreachable: 'Unreachable',
    'no-contact': 'No contact',
  },
  open: 'open',
  lastChanged: 'last changed',
  by: (who: string) => ` by ${who}`,
  findings: {
    heading: 'Findings',
    fact: (errors: number, others: number) =>
      [errors ? plural(errors, 'error', 'errors') : '', others ? plural(others, 'other', 'others') : '']
        .filter(Boolean)
        .join(', '),
    open: 'Why and fix',
    mend: 'Mend…',
    mending: {
      effect: {
        same: 'Nobody gets another version by this: it only writes what the controller goes by anyway.',
        'comes-to-life':
          'Where the canary had no effect it has one by this, parked: nobody gets it before you give it a weight or a rule.',
      },
      patch: 'What would be written',
      before: 'now',
      after: 'then',
      nothing: 'nothing',
      apply: 'Apply',
      writing: 'Writing …',
    },
  },
  versions: {
    heading: 'Versions',
    both: 'Both in service',
    unread: 'Not all of it can be read',
    readyUnread: 'readiness not known',
    podsUnread: 'Which pods there are is not known: Halftone cannot read them.',
    notReady: (names: string) => `${names} not fully ready`,
    empty: (names: string) => `${names} without a ready pod`,
    ready: (ready: string, all: string) => `${ready} of ${all} ready`,
    outdated: (count: string, ready: string) =>
      `At least ${count} of the ${ready} ready pods are from before the Deployment was last changed.`,
    noDeployment: 'no Deployment behind this Service',
    noService: 'no Service',
    parts: (parts: string, total: string) => `${parts} of ${total} parts`,
    perPod: (parts: string) => `${parts} per pod`,
    pod: 'Pod',
    restarts: 'restarts',
    age: 'age',
    node: 'node',
    podList: (version: string) => `Pods of ${version}`,
    noPods: 'No pods.',
    morePods: (count: string) => `${count} more pods, all of them listed by kubectl`,
    notReadyPod: (why: string | undefined) => `not ready${why ? `: ${why}` : ''}`,
    lastExit: (reason: string, exitCode: number) => `last exit: ${reason}, code ${exitCode}`,
    copyLogs: 'Copy kubectl logs',
    tooFew: (p: { version: string; perPod: string; other: string; otherPerPod: string }): Rich =>
      rich`Each ready pod of ${p.version} carries ${strong(p.perPod)} parts; a pod of ${p.other} carried ${p.otherPerPod} with all of it.`,
  },
  rollBack: {
    act: 'Roll back',
    question: (p: { stable: string; cluster: string; rules: boolean; affinity: boolean }): Rich =>
      rich`On ${strong(p.cluster)}: weight 0${p.rules ? ', rules removed' : ', no rules'}${p.affinity ? ', pinned users released' : ''}. Everyone gets ${stable(p.stable)}.`,
    confirm: 'Roll back now',
    owned: (owner: string): Rich =>
      rich`${strong(owner)} manages this Ingress and may put the old values back. Roll back all the same?`,
    confirmOwned: 'Roll back all the same',
    cancel: 'Keep it',
    writing: 'Writing …',
    reason: 'Reason (optional)',
    written: (clock: string) => `Rolled back at ${clock}: written. Waiting for the gateway.`,
    due: (clock: string) => `Rolled back at ${clock}: should be in effect. Waiting for answers to prove it.`,
    proven: (clock: string, seconds: string) =>
      `Rolled back at ${clock} and proven after ${seconds}: all answers since come from stable.`,
    unproven: (clock: string) => `Rolled back at ${clock}: written. No samples can prove it.`,
    already: (clock: string) => `Rolled back at ${clock}: everyone was on stable already, proven by answers.`,
    contradicted: (clock: string) => `Rolled back at ${clock}, but answers still come from the canary.`,
  },
}
