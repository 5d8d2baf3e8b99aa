/** A language the UI is written in, as `<html lang>` names it. */
export type Language = 'en' | 'zh-CN'

/** Cookies that remember what the reader chose. */
export const LANGUAGE_COOKIE = 'halftone-language'
export const THEME_COOKIE = 'halftone-theme'

export type Theme = 'light' | 'dark'

/** The remembered theme, or undefined: then the system decides. */
export const themeOf = (cookie: string | undefined): Theme | undefined =>
  cookie === 'light' || cookie === 'dark' ? cookie : undefined

/**
 * The reader's language: what was chosen before, else the better wish of Accept-Language, else English.
 *
 * Source: RFC 9110, 12.5.4. Traditional Chinese is served simplified Chinese: nearer than English.
 */
export function languageOf(cookie: string | undefined, acceptLanguage: string | null): Language {
  if (cookie === 'en' || cookie === 'zh-CN') return cookie
  const wishes = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map(part => {
      const [tag = '', ...params] = part.trim().toLowerCase().split(';')
      const q = params.map(each => each.trim()).find(each => each.startsWith('q='))
      return { tag: tag.trim(), quality: q === undefined ? 1 : Number(q.slice(2)) || 0 }
    })
    .filter(wish => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { tag } of wishes) {
    if (tag === 'zh' || tag.startsWith('zh-')) return 'zh-CN'
    if (tag === 'en' || tag.startsWith('en-')) return 'en'
  }
  return 'en'
}
