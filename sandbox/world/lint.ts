import { at, type LintCase, lintCase, lintPods, STICKY } from './lint-case'
import { elsewhere, leftOver, shared, twice, usedBefore, withoutPath, withResource } from './lint-scenes'
import { daysAgo, type Manifest } from './objects'

const TEN = { 'canary-weight': '10' }

const RULES: readonly LintCase[] = [
  { app: 'l12-small-total', rules: { 'canary-weight': '5', 'canary-weight-total': '50' } },
  { app: 'l13-weight-range', rules: { 'canary-weight': '120' } },
  {
    app: 'l18-two-ways',
    rules: {
      'canary-by-header': 'role',
      'canary-by-header-value': 'test',
      'canary-by-header-pattern': '^test',
    },
  },
  { app: 'l20-underscore', rules: { 'canary-by-header': 'x_role' } },
  { app: 'l21-nothing-written', rules: {} },
  {
    app: 'l22-cookie-value',
    rules: { 'canary-by-header': 'Cookie', 'canary-by-header-pattern': '(^|\\s)plan=gold(\\W|$)' },
  },
  { app: 'l23-several-values', rules: { 'canary-by-header': 'role', 'canary-by-header-value': 'qa,test' } },
]

const REACH: readonly LintCase[] = [
  { app: 'l06-leak', main: { paths: [at('v1'), at('v1', '/admin')] } },
  {
    app: 'l46-one-for-all',
    canary: { paths: [at('v2'), at('v2', '/gone')] },
  },
  { app: 'l09-older-canary', canary: { createdAt: daysAgo(200) } },
  { app: 'l24-pinned', main: { annotations: STICKY } },
  {
    app: 'l25-legacy',
    main: { annotations: STICKY },
    rules: { ...TEN, 'affinity-canary-behavior': 'legacy' },
  },
  {
    app: 'l29-error-pages',
    main: {
      annotations: { 'custom-http-errors': '502,503', 'default-backend': 'service-lint-v1' },
    },
  },
  {
    app: 'l30-hash-subset',
    main: { annotations: { 'upstream-hash-by': '$request_uri', 'upstream-hash-by-subset': 'true' } },
    rules: { 'canary-weight': '0', 'upstream-hash-by': '$request_uri' },
  },
  { app: 'l31-not-inherited', main: { annotations: { 'load-balance': 'ewma' } } },
  {
    app: 'l41-hash-users',
    main: { annotations: { 'upstream-hash-by': '$remote_addr' } },
    rules: { ...TEN, 'upstream-hash-by': '$remote_addr' },
  },
]

const UPKEEP: readonly LintCase[] = [
  { app: 'l28-ignored', rules: { 'canary-weight': '0', 'rewrite-target': '/' } },
  { app: 'l39-client-certs', rules: { ...TEN, 'auth-tls-secret': 'lint/ca' } },
  { app: 'l49-same-image', canary: { port: 'l50', paths: [at('v1')] } },
]

/**
 * A release for each rule of the linter that no other release of the board breaks, named after it. `beside` is a namespace
 * of others.
 */
export const lintReleases = (beside: string): Manifest[] => [
  ...lintPods(),
  ...[...RULES, ...REACH, ...UPKEEP].flatMap(lintCase),
  ...withoutPath(),
  ...withResource(),
  ...shared(),
  ...elsewhere(beside),
  ...leftOver(),
  ...usedBefore(),
  ...twice(),
]
