import type { OperationKind, SkipReason, Step, StepName } from '@/lib/domain/model/operation'
import type { CannotMeasure } from '@/lib/domain/model/samples'
import { plural } from '@/lib/language/plural'
import { code, type Rich, rich, strong } from '@/lib/language/rich'

/** What a step is told with: names of the objects it is about, figures as they are written, whether anything was written and answers have shown it. */
export type StepFacts = {
  name: string
  image: string
  ready: string
  replicas: string
  isWritten?: boolean
  isProven?: boolean
}
type StepText = (facts: StepFacts, state: Step['state']) => string

const after = (what: string, name: string) => (name ? `${what} ${name}` : what)

/** The same step before and after it is done, while it is at it, and where it was not done. */
const told =
  (
    done: (f: StepFacts) => string,
    doing: (f: StepFacts) => string,
    not: (f: StepFacts) => string,
  ): StepText =>
  (facts, state) =>
    (state === 'running' ? doing : state === 'failed' || state === 'skipped' ? not : done)(facts)

const made = (what: string): StepText =>
  told(
    ({ name }) => `${after(what, name)} created`,
    ({ name }) => `Creating ${after(what, name)}`,
    ({ name }) => `${after(what, name)} not created`,
  )

const gone = (what: string): StepText =>
  told(
    ({ name }) => `${after(what, name)} removed`,
    ({ name }) => `Removing ${after(what, name)}`,
    ({ name }) => `${after(what, name)} not removed`,
  )

const STEP: Record<StepName, StepText> = {
  deployment: made('Deployment'),
  service: made('Service'),
  pods: (f, state) =>
    f.replicas !== ''
      ? `${f.ready} of ${f.replicas} pods ready`
      : state === 'failed'
        ? 'Pods not ready'
        : 'All pods ready',
  endpoints: told(
    () => 'Service has endpoints',
    () => 'Waiting for the Service’s endpoints',
    () => 'Service has no endpoints',
  ),
  ingress: (facts, state) =>
    made('Canary Ingress')(facts, state) + (state === 'done' || state === 'waiting' ? ', parked' : ''),
  reachable: told(
    () => 'Canary proven reachable',
    () => 'Waiting for the canary’s first answer through the gateway',
    () => 'Canary not proven reachable',
  ),
  traffic: told(
    () => 'Rules and weight written',
    () => 'Writing rules and weight',
    () => 'Rules and weight not written',
  ),
  parked: told(
    ({ isProven, isWritten }) =>
      isWritten === false
        ? 'It was parked already'
        : isProven
          ? 'Parked: everybody goes to stable'
          : 'Parked: everybody is due at stable, no answer has shown it',
    () => 'Parking: everybody to stable',
    () => 'Not parked',
  ),
  image: told(
    ({ image }) => `${after('Image', image)} set`,
    ({ image }) => `Setting ${after('image', image)}`,
    ({ image }) => `${after('Image', image)} not set`,
  ),
  'ingress-gone': gone('Canary Ingress'),
  'service-gone': gone('Service'),
  'deployment-gone': gone('Deployment'),
}

const SKIPPED: Record<Exclude<SkipReason, CannotMeasure>, string> = {
  absent: 'There was none.',
  unreadable: 'The cluster does not let Halftone read it.',
  'not-parked': 'Somebody sends requests to the canary already.',
  'not-proven': 'Requests are sent only to what was shown to be reachable.',
}

const HEAD: Record<OperationKind, Record<'running' | 'done' | 'failed', (name: string) => string>> = {
  start: {
    running: name => `Starting ${name}`,
    done: name => `${name} is started`,
    failed: name => `The start of ${name} stopped`,
  },
  remove: {
    running: name => `Removing what was created for ${name}`,
    done: name => `What was created for ${name} is removed`,
    failed: name => `Removing what was created for ${name} stopped`,
  },
  image: {
    running: name => `Fixed build of ${name}`,
    done: name => `Fixed build of ${name} deployed`,
    failed: name => `The fixed build of ${name} stopped`,
  },
}

/** Why a step that runs has to wait. */
const DELAYED = {
  'cluster-unreachable': 'The cluster does not answer; it is asked again.',
  'cluster-busy': 'The cluster is busy; it is asked again.',
}

/** Words of work that goes on by itself: starts, removals, fixed builds. */
export const operation = {
  head: HEAD,
  step: STEP,
  steps: 'Steps',
  state: { waiting: 'waiting', running: 'in progress', done: 'done', skipped: 'skipped', failed: 'failed' },
  lasting: (duration: string) => `for ${duration}`,
  skipped: SKIPPED,
  delayed: DELAYED,
  at: (number: number, of: number, step: string) => `Step ${number} of ${of}: ${step}`,
  goesOn: 'The work goes on when you close this page.',
  follow: 'Follow it',
  see: 'See the steps',
  lost: {
    title: 'This work is not known any more',
    text: 'It ended more than an hour ago, or Halftone was started anew since. What it had done by then stands in the cluster; a start that has not come to its end is on the board as half-started.',
    toBoard: 'To the board',
  },
  retry: 'Retry',
  proceed: 'Continue',
  asking: 'Asking …',
  remove: {
    act: 'Remove what was created',
    confirm: 'Remove now',
    cancel: 'Keep it',
    question: (p: { name: string; cluster: string; objects: string }): Rich =>
      p.objects === ''
        ? rich`On ${strong(p.cluster)}: what Halftone created for ${code(p.name)} is deleted. The stable version and its route stay as they are.`
        : rich`On ${strong(p.cluster)}: ${p.objects} will be deleted. The stable version and its route stay as they are.`,
  },
  started: 'Nothing is sent to it unless you move the weight or set a rule.',
  removed: 'Nothing of it is left in the cluster.',
  toRelease: 'Go to the release',
  again: 'Start again',
  stays: 'What was made by then stays; nothing else was touched.',
  half: {
    heading: 'Half-started',
    fact: (count: number) => `${plural(count, 'start has', 'starts have')} not come to an end`,
    noRoute: 'route not known',
    pods: (ready: string, all: string) => `${ready} of ${all} pods ready`,
    age: (age: string) => `for\u00a0${age}`,
    unsent: 'No canary Ingress: no request reaches it.',
  },
  image: {
    act: 'Deploy a fixed build…',
    field: 'Image of the fixed build',
    container: 'Container',
    effect: (stable: string): Rich =>
      rich`It parks first: weight 0 and no rules, everybody goes to ${stable}. Then the image is set and the pods get ready; it stays parked until you move the weight.`,
    same: 'This is the image that runs now.',
    confirm: 'Park and deploy',
    sending: 'Asking …',
    cancel: 'Cancel',
    done: (clock: string) =>
      `Deployed at ${clock}: all pods are ready. It was parked; move the weight when you want.`,
    failed: 'What was done by then stays. Deploy another build when it is fixed.',
  },
}
