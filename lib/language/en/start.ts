import type { Params } from '@/lib/domain/problem'
import { plural } from '@/lib/language/plural'
import { canary, code, type Rich, rich, stable } from '@/lib/language/rich'

/** What can be done about what stands in the way of a start, by the problem's code. */
const MEND: Readonly<Record<string, string>> = {
  'already-released': 'Steer that release, or end it first.',
  'already-exists': 'Choose another suffix or name.',
  'not-found': 'Choose another route.',
  'not-clonable':
    'Make a Deployment stand behind a Service with a selector, or start the release with kubectl.',
  'cluster-forbids': 'Grant the rights in deploy/, then read the route again.',
  'cluster-unreachable': 'Read the route again when the cluster answers.',
}

/** What can be done, in one sentence; "" where nothing is known. The server names the mend of an overlap itself. */
const mend = (problem: { code: string; params?: Params }): string =>
  typeof problem.params?.mend === 'string' ? `${problem.params.mend}.` : (MEND[problem.code] ?? '')

const joined = (parts: readonly string[]) => parts.join(', ')

/** Words of the page that starts a release. */
export const start = {
  act: 'Start a release',
  heading: (route: string): Rich => rich`Start a release of ${code(route)}`,
  title: (route: string, cluster: string) => `Start a release of ${route} · ${cluster}`,
  steps: { route: 'Route', version: 'New version', traffic: 'Traffic', review: 'Review' },
  number: (number: number) => `Step ${number}:`,
  done: 'done',
  change: 'Change',
  changeWhat: (what: string) => `Change ${what.toLowerCase()}`,
  proceed: 'Continue',
  checking: 'Checking …',
  again: 'Read again',
  mend,
  obstacle: 'No release can be started here.',
  noContact: 'The route could not be read.',
  reading: 'Reading what is behind the route',
  toRelease: (name: string) => `Open ${name}`,
  route: {
    fact: 'where the requests come in',
    search: 'Search routes',
    hint: 'path, host, namespace, Service',
    list: 'Routes without a release',
    taken: 'Routes that have a release',
    choose: 'Choose',
    keep: 'Keep the route as it is',
    none: 'No route without a release is known here.',
    noMatch: 'No route matches this search.',
    more: (count: string) => `Show ${count} more`,
    reading: 'Reading the routes',
    half: (name: string) =>
      `A start of this route has not come to its end: ${name}. It can be continued or removed on the board.`,
    toBoard: 'To the board',
    gone: 'This route is not in the cluster any more.',
  },
  version: {
    fact: (name: string) => `everything not changed here is as in ${name}`,
    deployment: 'Deployment to copy',
    container: 'Container with the new image',
    image: 'Image',
    same: (name: string) =>
      `This is the image of ${name}: both versions would be the same, and no answer could tell them apart.`,
    suffix: 'Suffix',
    replicas: 'Replicas',
    replicasWrong: 'A whole number from 1 to 1,000.',
    name: 'Name of the canary Ingress',
    names: 'Names',
    follows: (deployment: string, service: string): Rich =>
      rich`The copies are called ${canary(deployment)} and ${code(service)}.`,
    followsReview: 'The review shows what the copies are called.',
    next: (free: string) => `Use ${free}`,
    env: 'Environment',
    envAs: (count: number, name: string) =>
      count === 0 ? `no variables, as ${name}` : `${plural(count, 'variable', 'variables')}, as ${name}`,
    envChanged: (count: number) => `${plural(count, 'variable differs', 'variables differ')}`,
    envShow: 'Change variables',
    envHide: 'Hide variables',
    envName: 'Variable',
    envValue: (name: string) => `Value of ${name || 'the variable'}`,
    envAdd: 'Add a variable',
    envRemove: (name: string) => `Leave ${name || 'the variable'} out`,
    envKeep: (name: string) => `Keep ${name}`,
    envGone: 'left out of the new version',
    envElsewhere: 'from a Secret or a field; as it is',
    envTwice: 'This name is there twice.',
    envNameless: 'A value needs a name.',
    folded: (p: { replicas: string; env: string }) => joined([`${p.replicas} replicas`, p.env]),
    foldedOne: (env: string) => joined(['1 replica', env]),
  },
  traffic: {
    fact: 'parked unless you say otherwise',
    parked: (stableName: string): Rich =>
      rich`Parked: weight 0, no rules. Everyone stays on ${stable(stableName)}.`,
    later: (what: Rich, canaryName: string): Rich =>
      rich`Created parked; then ${what}, once ${canary(canaryName)} is proven reachable.`,
    optional: 'What you set here is written only after the canary is proven reachable.',
    weightText: 'of 100 unmarked requests',
    wrong: 'A whole number from 0 to 100.',
    rule: (mark: string): Rich => rich`the rule ${code(mark)}`,
    weight: (weight: string): Rich => rich`weight ${weight} of 100`,
    and: ' and ',
  },
  review: {
    fact: 'three objects, nothing else is touched',
    objects: 'Objects',
    yaml: (kind: string, name: string) => `${kind} ${name} as YAML`,
    was: (name: string) => `as in ${name}`,
    isNew: (name: string) => `as in ${name}`,
    wasSpoken: 'instead of:',
    newSpoken: 'new:',
    folded: (count: number, name: string) => `${plural(count, 'more line', 'more lines')}, all as in ${name}`,
    copy: 'Copy',
    download: 'Download all three',
    accepted: 'The cluster would accept all three.',
    refused: (kind: string, name: string) => `The cluster would refuse ${kind} ${name}.`,
    dryRun: (ago: string) => `Server-side dry run, ${ago}`,
    asking: 'Asking the cluster what it would say …',
    stale: 'Your choices have changed since: this is the review of before.',
    refuted: 'The last check was refused: this is the review of before.',
    checkAgain: 'Check again',
    create: 'Create',
    creating: 'Creating …',
    created: 'Created',
    effect: (cluster: string, canaryName: string): Rich =>
      rich`Creates the three on ${code(cluster)}, parked. Nobody gets ${canary(canaryName)} by that.`,
    effectThen: (cluster: string, canaryName: string): Rich =>
      rich`Creates the three on ${code(cluster)}, parked; once ${canary(canaryName)} is proven reachable, what you set under Traffic is written.`,
    offStale: 'There is no review of what you chose.',
    offRefused: 'The cluster would refuse it; the dry run says what.',
    taken: (release: string) => `A release of this route has appeared meanwhile: ${release}.`,
  },
}
