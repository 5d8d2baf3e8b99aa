import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'

/**
 * How a demo application behaves.
 * Units: milliseconds; `errorRate` 0 to 1.
 */
export type Behaviour = {
  /** What it answers: which version it is. */
  text: string
  /** An answer that is no plain text: its type and its body, sent as they are. */
  fixed: { type: string; body: string } | undefined
  startMs: number
  isEverReady: boolean
  errorRate: number
  latencyMs: number
  hangs: boolean
  /** It ends by itself this long after its start. */
  crashAfterMs: number | undefined
  showsPod: boolean
  wantsLogin: boolean
  isEndless: boolean
}

const tagOf = (image: string): string => {
  const name = image.split('@')[0]?.split('/').pop() ?? image
  return name.split(':')[1] ?? name
}

const isOn = (text: string | undefined) => text === 'true' || text === '1'

const numberOf = (text: string | undefined, otherwise: number): number => {
  const number = Number(text)
  return text !== undefined && text !== '' && Number.isFinite(number) && number >= 0 ? number : otherwise
}

const DEFAULT_START_MS = 50

/** How a container behaves: its image's tag names its version, its environment the rest. */
export function behaviourOf(container: unknown): Behaviour {
  const { image, env: variables } = fieldsOf(container)
  const entries = itemsOf(variables).map(each => [textOf(fieldsOf(each).name), textOf(fieldsOf(each).value)])
  const env: Readonly<Record<string, string | undefined>> = Object.fromEntries(entries)
  const { JSON: json, HTML: html } = env
  return {
    text: env.ANSWER ?? tagOf(textOf(image)),
    fixed:
      json !== undefined
        ? { type: 'application/json', body: json }
        : html !== undefined
          ? { type: 'text/html; charset=utf-8', body: html }
          : undefined,
    startMs: numberOf(env.START_MS, DEFAULT_START_MS),
    isEverReady: env.READY !== 'false',
    errorRate: Math.min(1, numberOf(env.ERROR_RATE, 0)),
    latencyMs: numberOf(env.LATENCY_MS, 0),
    hangs: isOn(env.HANG),
    crashAfterMs: env.CRASH_AFTER === undefined ? undefined : numberOf(env.CRASH_AFTER, 0),
    showsPod: isOn(env.SHOW_POD),
    wantsLogin: isOn(env.LOGIN),
    isEndless: isOn(env.ENDLESS),
  }
}
