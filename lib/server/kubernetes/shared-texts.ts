import 'server-only'

const TEXTS_KEPT = 20_000

/**
 * Keeps one copy of each text that repeats between objects: labels, images, nodes.
 * Limits: starts again at 20,000 texts; what was handed out stays as it is.
 */
export function sharedTexts(limit = TEXTS_KEPT): (text: string) => string {
  const texts = new Map<string, string>()
  return text => {
    const held = texts.get(text)
    if (held !== undefined) return held
    if (texts.size >= limit) texts.clear()
    texts.set(text, text)
    return text
  }
}
