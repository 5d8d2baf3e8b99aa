import type { FindingTexts } from '@/lib/domain/lint/texts'

/** What surrounds a release: who keeps the object, what is left over, what the controller makes of the rest. */
export const upkeepTexts = {
  L28: {
    severity: 'warning',
    title: 'The controller ignores {keys} on a canary',
    why: 'A canary has these settings from its ordinary Ingress. Its own have no effect, and one that the controller refuses can make it leave out the whole canary.',
    fix: 'Remove them; what is meant for both versions belongs on the ordinary Ingress.',
  },
  L37: {
    severity: 'warning',
    title: '{manager} keeps this Ingress',
    why: 'It writes this Ingress by itself and puts its own values back, whatever anybody else writes.',
    fix: 'Steer the release where {manager} has it from.',
  },
  L38: {
    severity: 'info',
    title: '{canary} has been parked for {days} days',
    why: 'A parked canary stands before the next one on its route, and a request with the cookie "=always" still reaches it.',
    fix: 'Go on with the release, or delete the Ingress, the Service and the Deployment of the canary.',
  },
  L39: {
    severity: 'warning',
    title: '{keys} can become a setting of the whole host',
    why: 'Where the ordinary Ingress has none, the controller takes auth-tls and proxy-ssl settings of a canary for everything on that host.',
    fix: 'Remove them from the canary, or write them on the ordinary Ingress on purpose.',
  },
  L47: {
    severity: 'error',
    title: 'nginx refuses its configuration: {target} is there twice',
    why: 'Ordinary paths of {ingresses} come to one location of nginx. The controller keeps its last good configuration, so that no change of any release has an effect, not even a roll back.',
    fix: 'Keep one of the paths: as Prefix, /path and /path/ are the same.',
  },
  L49: {
    severity: 'info',
    title: 'Stable and canary run the same image: {image}',
    why: 'There is nothing left to compare, unless they differ in their settings.',
    fix: 'End the release by deleting the canary, or set the image that is meant.',
  },
} as const satisfies FindingTexts
