import type { FindingTexts } from '@/lib/domain/lint/texts'

/** Why a canary, or one of its paths, has no effect. L44 to L46 are ours. */
export const deadTexts = {
  L01: {
    severity: 'error',
    title: 'No ordinary Ingress serves {target} as {pathType}',
    why: 'The controller joins a canary path only to an ordinary path with the same host, path and path type. A rule without a path means "/", not all paths.',
    fix: 'Copy host, path and pathType literally from the ordinary Ingress.',
  },
  L02: {
    severity: 'error',
    title: '{target} is {pathType} here and {partnerType} in {ingress}',
    why: 'Exact and Prefix are two different paths to the controller, so this one has no partner and no effect.',
    fix: 'Set pathType to {partnerType}, as in {ingress}.',
  },
  L03: {
    severity: 'error',
    title: 'A default backend has no place on a canary',
    why: 'spec.defaultBackend of a canary ignores paths: it joins every path without a host, re-creates its backend without rules, and can take a Service away from ordinary Ingresses, even at weight 0.',
    fix: 'Remove spec.defaultBackend and copy the paths of the ordinary Ingress.',
  },
  L04: {
    severity: 'error',
    title: 'Canary and stable are the same Service, {service}',
    why: 'A Service and port that serve the ordinary path cannot be its canary as well: nothing is split, and where the canary is the older one the path is gone.',
    fix: 'Give the canary a Service of its own that selects only its pods.',
  },
  L05: {
    severity: 'error',
    title: 'Service {service} also serves an ordinary Ingress',
    why: 'The controller keeps one role for a Service and port. The older Ingress decides: its rules win, and the other one has none or loses its paths.',
    fix: 'Give the canary a Service that no other Ingress uses.',
  },
  L07: {
    severity: 'error',
    title: 'An older canary, {other}, already acts on {target}',
    why: 'The controller looks only at the oldest canary of a Service; this one is never asked.',
    fix: 'Finish or delete {other} first.',
  },
  L08: {
    severity: 'error',
    title: 'Service {service} is the canary of {other}, too',
    why: 'Two canary Ingresses that share a Service share the rules of the older one; the rules written here have no effect.',
    fix: 'Give each canary a Service of its own.',
  },
  L10: {
    severity: 'error',
    title: 'The controller does not take {canary} for a canary',
    why: 'The annotation canary must be true (or 1, t, T, TRUE, True), without blanks. Anything else, and canary rules without it, make an ordinary Ingress that may take over all traffic of its paths.',
    fix: 'Set nginx.ingress.kubernetes.io/canary to "true", or remove the canary annotations.',
  },
  L33: {
    severity: 'error',
    title: '{canary} has the class {className}, which this controller does not serve',
    why: 'A canary and its ordinary Ingress meet only in one controller, so they need the same class.',
    fix: 'Give the canary the class of the ordinary Ingress.',
  },
  L34: {
    severity: 'error',
    title: 'A rule of {canary} has a host and no http section',
    why: 'A canary like this crashes the controller when it builds its configuration.',
    fix: 'Add the paths of the ordinary Ingress to the rule, or delete the rule.',
  },
  L36: {
    severity: 'error',
    title: 'The host {host} and the wildcard {partnerHost} do not meet',
    why: 'The controller compares hosts as texts: a wildcard and a host that it covers are two hosts.',
    fix: 'Copy the host literally from the ordinary Ingress.',
  },
  L44: {
    severity: 'error',
    title: '{canary} names no path',
    why: 'A canary without a path to a Service joins nothing.',
    fix: 'Copy host, path and pathType literally from the ordinary Ingress.',
  },
  L45: {
    severity: 'error',
    title: '{target} leads to a resource, not to a Service',
    why: 'The controller skips paths whose backend is a resource.',
    fix: 'Name the canary’s Service as the backend.',
  },
  L46: {
    severity: 'error',
    title: '{target} is dead because of {cause} in {other}',
    why: 'One path without a partner, or a default backend, makes the controller remove the Service from every canary path, also from paths that match.',
    fix: 'Correct or remove {cause} in {other}.',
  },
} as const satisfies FindingTexts
