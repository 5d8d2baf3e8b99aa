import type { FindingTexts } from '@/lib/domain/lint/texts'

/** What comes of a canary besides, or instead of, what its weight and rules say. */
export const reachTexts = {
  L06: {
    severity: 'warning',
    title: 'The canary also acts on {targets}',
    why: 'A canary hangs on the Service {service}, not on a path: whatever path that Service answers is split with it.',
    fix: 'Give the released path a Service of its own with the same selector, or name the other paths in the canary as well.',
  },
  L09: {
    severity: 'warning',
    title: '{canary} is older than {ingress}',
    why: 'The older Ingress decides what a Service is: pointing {ingress} at the Service of the canary would take the path down, and setting canary to false would send everyone there.',
    fix: 'Promote by rolling the stable Deployment to the new image and then deleting the canary, or make the canary anew first.',
  },
  L24: {
    severity: 'warning',
    title: '{ingress} pins users by the cookie {cookie}',
    why: 'Who is pinned stays on that version whatever rules and weight say; weight 0 alone does not bring anybody back from the canary.',
    fix: 'Roll back releases them; give every release a Service with a name never used before.',
  },
  L25: {
    severity: 'warning',
    title: 'Users pinned by {ingress} stay on stable',
    why: 'With affinity-canary-behavior legacy the canary pins nobody, but who holds the cookie {cookie} is never sent to it, whatever rules and weight say.',
    fix: 'Count on new users only, or remove legacy, knowing that users pinned to the canary before return to it at once.',
  },
  L26: {
    severity: 'error',
    title: 'Service {service} has no ready endpoint: its routes answer 503',
    why: 'The controller looks at stable first: without an endpoint there nobody is answered, not even who is sent to the canary.',
    fix: 'Bring a pod of {service} back; the canary cannot stand in for it.',
  },
  L27: {
    severity: 'error',
    title: 'Service {service} has no ready endpoint: stable answers instead',
    why: 'Without an endpoint of the canary the controller falls back to stable in silence, whatever rules and weight say.',
    fix: 'Bring the pods of the canary to ready, or park the release.',
  },
  L29: {
    severity: 'warning',
    title: '{ingress} replaces error pages, but not reliably those of the canary',
    why: 'custom-http-errors with a default-backend does not intercept errors of canary requests as it does those of stable.',
    fix: 'Look at an error page with a marked request before raising the weight.',
  },
  L30: {
    severity: 'warning',
    title: 'Changes may have no effect until nginx reloads: {ingress} hashes by subset',
    why: 'With upstream-hash-by-subset nginx takes the rules of a canary only when it is built, so a new weight, a new rule and a roll back can all be late.',
    fix: 'Remove upstream-hash-by-subset while a release is open.',
  },
  L31: {
    severity: 'info',
    title: '{key} of {ingress} does not hold for the canary',
    why: 'The canary does not inherit how requests are spread over pods: {written} holds for stable only.',
    fix: 'Write {key} on the canary, too, if its pods need it.',
  },
  L32: {
    severity: 'warning',
    title: 'The canary is in the namespace {namespace}, its route in {partnerNamespace}',
    why: 'ingress-nginx joins them, Traefik and a move to Gateway API do not; and whoever may write Ingresses in one namespace takes traffic of the other.',
    fix: 'Make the canary and its Service in {partnerNamespace}.',
  },
  L41: {
    severity: 'info',
    title: '{key} does not keep a user on one version',
    why: 'It chooses among pods of one version at most. Which version answers is drawn anew for every request, so a user sees both.',
    fix: 'Use a cookie rule, or cookie affinity on the ordinary Ingress, where a user must stay on one version.',
  },
  L48: {
    severity: 'warning',
    title: 'Service {service} is older than its canary',
    why: 'It may have served an earlier canary: users whom {ingress} pinned to that one are sent to this one at once, even while it is parked.',
    fix: 'Use a Service with a name never used before, or keep affinity-canary-behavior at legacy.',
  },
} as const satisfies FindingTexts
