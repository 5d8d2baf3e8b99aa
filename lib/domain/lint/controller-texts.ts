import type { FindingTexts } from '@/lib/domain/lint/texts'

/**
 * Findings about a controller itself.
 * Source: canary-semantics.md, part C (L15, L35, L40, L42, L43), A.2, A.10, A.12, D.1.
 */
export const controllerTexts = {
  L15: {
    severity: 'warning',
    title: 'ingress-nginx {version} ignores the weight total of {releases}',
    why: 'Before 1.7.0 canary-weight-total counts for default backends only; on paths every weight is read as parts of 100.',
    fix: 'Use a total of 100, or update the controller.',
  },
  L35: {
    severity: 'info',
    title: 'Whether {configmap} sets annotations-risk-level cannot be seen',
    why: 'With the level Low the controller ignores every Ingress that has a header or cookie rule. Halftone may not read ConfigMaps, on purpose.',
    fix: 'Look with kubectl: it must not be Low. Samples of a release with a rule show it, too.',
  },
  L40: {
    severity: 'info',
    title: 'The controller’s metrics do not tell canary and stable apart',
    why: 'Metrics are switched off, or the version is older than 1.0.2, which has no label canary. Halftone does without them; dashboards and alerts on them show no canary.',
    fix: 'Start the controller with --enable-metrics=true, version 1.0.2 or later.',
  },
  L42: {
    severity: 'warning',
    title: 'ingress-nginx is retired: {image} gets no more fixes',
    why: 'The project was archived in March 2026; 1.15.1 is its last release. What is found from now on stays open.',
    fix: 'Plan a move to a maintained fork, or to Traefik 3.7 or Higress: they read canary annotations, too.',
  },
  L43: {
    severity: 'warning',
    title: 'ingress-nginx {version} lets anybody on the pod network take it over',
    why: 'CVE-2025-1974 and its kin are mended in 1.11.5 and 1.12.1. A fork may have mended them under an older number: its maker says so.',
    fix: 'Update the controller; until then switch off its admission webhook.',
  },
} as const satisfies FindingTexts

export type ControllerFindingId = keyof typeof controllerTexts
