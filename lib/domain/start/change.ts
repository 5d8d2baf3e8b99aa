import type { HeaderRule, Rules } from '@/lib/domain/model/release'
import type { StartPlan } from '@/lib/domain/model/start'
import { fieldsOf, textOf, wholeOf } from '@/lib/domain/raw'

/**
 * What a clone changed in the pod template of the stable Deployment `deployment`: promote applies exactly that.
 * `env`: variables that differ; null took one away.
 */
export type Change = {
  deployment: string
  container: string
  image: string
  env: Readonly<Record<string, string | null>>
}

function fieldsIn(text: unknown): Readonly<Record<string, unknown>> {
  try {
    return typeof text === 'string' ? fieldsOf(JSON.parse(text)) : {}
  } catch {
    return {}
  }
}

function headerOf(raw: unknown): HeaderRule | null {
  const { name, value, pattern, example } = fieldsOf(raw)
  if (textOf(name) === '') return null
  return {
    name: textOf(name),
    ...(typeof value === 'string' && { value }),
    ...(typeof pattern === 'string' && { pattern }),
    ...(typeof example === 'string' && { example }),
  }
}

function rulesOf(raw: unknown): Rules | null {
  const fields = fieldsOf(raw)
  const rules = { header: headerOf(fields.header), cookie: textOf(fields.cookie) || null }
  return rules.header || rules.cookie !== null ? rules : null
}

/** What a start is made of, from the text of `halftone.dev/start`; null where somebody else has written it. */
export function parseStartPlan(text: unknown): StartPlan | null {
  const { route: rawRoute, service, rules, weight } = fieldsIn(text)
  const { ingress, host, path, pathType } = fieldsOf(rawRoute)
  const route = {
    ingress: textOf(ingress),
    host: textOf(host),
    path: textOf(path),
    pathType: textOf(pathType),
  }
  if (route.ingress === '' || route.path === '' || textOf(service) === '') return null
  return { route, service: textOf(service), rules: rulesOf(rules), weight: Math.max(0, wholeOf(weight)) }
}

/** The text of `halftone.dev/start`, the same for the same plan. */
export function startPlanText({ route, service, rules, weight }: StartPlan): string {
  const { ingress, host, path, pathType } = route
  return JSON.stringify({ route: { ingress, host, path, pathType }, service, rules, weight })
}

/** What a clone changed, from the text of `halftone.dev/change`; null where somebody else has written it. */
export function parseChange(text: unknown): Change | null {
  const { deployment, container, image, env: rawEnv } = fieldsIn(text)
  if (textOf(deployment) === '' || textOf(container) === '' || textOf(image) === '') return null
  const env = Object.entries(fieldsOf(rawEnv)).flatMap(([name, value]): [string, string | null][] =>
    typeof value === 'string' || value === null ? [[name, value]] : [],
  )
  return {
    deployment: textOf(deployment),
    container: textOf(container),
    image: textOf(image),
    env: Object.fromEntries(env),
  }
}

/** The text of `halftone.dev/change`, the same for the same change. */
export function changeText({ deployment, container, image, env }: Change): string {
  return JSON.stringify({ deployment, container, image, env })
}
