import { plural } from '@/lib/language/plural'
import { code, type Rich, rich } from '@/lib/language/rich'

/** Words of the ladder of rules. */
export const rules = {
  heading: 'Rules',
  fact: 'The first rung that matches decides',
  affinity: 'Affinity',
  affinityNone: 'none on the ordinary Ingress',
  affinitySticky: 'users stay on the version they first got, whatever the rules below say',
  affinityLegacy: 'users pinned to the canary are released; pinned to stable they stay',
  header: 'Header',
  headerName: 'Header name',
  headerValue: 'Header value',
  headerPattern: 'Pattern',
  headerExample: 'Example',
  headerExampleHint: 'a value that matches; probes send it',
  mode: 'Match',
  modes: { always: 'is always', exact: 'is exactly', pattern: 'matches pattern' },
  noHeader: 'no header rule',
  addHeader: 'Add a header rule',
  cookie: 'Cookie',
  cookieName: 'Cookie name',
  cookieAlways: '= always',
  noCookie: 'no cookie rule',
  addCookie: 'Add a cookie rule',
  remove: (what: string) => `Remove the ${what.toLowerCase()} rule`,
  weight: 'Weight',
  weightText: (weight: string, total: string) => `${weight} of each ${total} that are left`,
  weightNone: 'none of those that are left',
  everythingElse: 'Everything else',
  says: {
    always: (name: string): Rich =>
      rich`${code('never')} goes to stable. Any other value of ${code(name)}, or none: go on to the next rung.`,
    exact: (name: string): Rich => rich`Any other value of ${code(name)}, or none: go on to the next rung.`,
    pattern: (name: string): Rich =>
      rich`The pattern is searched for, case counts. ${code(name)} without a match, or none: go on to the next rung.`,
    cookie: rich`${code('never')} goes to stable. Any other value, or none: go on.`,
    weight: 'Drawn anew for each request, not for each user.',
    bothSet: 'A value is set too, so the pattern is ignored.',
  },
  dead: 'Never reached: this canary takes part in no route.',
  apply: 'Apply rules',
  applying: 'Writing …',
  drop: 'Drop draft',
  hint: 'Edit in place; nothing is written before you apply.',
  willRemove: 'This rule will be removed.',
  fields: (count: number) => `${plural(count, 'field needs', 'fields need')} another look.`,
  someoneElse: (who: string) =>
    `${who} changed this release meanwhile. Your draft is kept; applying replaces the rules as they are now.`,
}
