import { refusedTexts } from '@/lib/domain/annotation'
import { findingOf } from '@/lib/domain/finding'
import { annotationAt, NGINX, type Subject, shown, written } from '@/lib/domain/lint/subject'
import { rulesWished } from '@/lib/domain/lint/wish-rules'
import type { Finding } from '@/lib/domain/model/release'

const [HEADER, VALUE, PATTERN, COOKIE] = [
  'canary-by-header',
  'canary-by-header-value',
  'canary-by-header-pattern',
  'canary-by-cookie',
]

function refused({ canary }: Subject): Finding[] {
  return refusedTexts(canary).map(key =>
    findingOf('L16', annotationAt(canary, key), { key, written: shown(written(canary, key)) }),
  )
}

function patternFindings({ canary, setting, matches }: Subject): Finding[] {
  const { header, value } = setting
  const pattern = written(canary, PATTERN).trim()
  const params = { header, value: shown(value), pattern: shown(pattern) }
  if (header === '' || pattern === '') return []
  if (value !== '') return [findingOf('L18', annotationAt(canary, PATTERN), params)]
  const isBroken = setting.pattern !== '' && matches?.(setting.pattern, '') === 'broken'
  return isBroken ? [findingOf('L17', annotationAt(canary, PATTERN), params)] : []
}

function withoutHeader({ canary }: Subject): Finding[] {
  if (written(canary, HEADER).trim() !== '') return []
  return [VALUE, PATTERN]
    .filter(key => written(canary, key).trim() !== '')
    .map(key => findingOf('L19', annotationAt(canary, key), { key }))
}

/** Dashes, letters and digits are all that nginx lets through in the name of a request header. */
function headerName({ canary, setting: { header } }: Subject): Finding[] {
  if (header === '' || /^[A-Za-z0-9-]+$/.test(header)) return []
  return [findingOf('L20', annotationAt(canary, HEADER), { header: shown(header) })]
}

/** A weight of 0 that somebody wrote is a choice; nothing written at all may be forgotten. */
function nothingWritten({ canary, live }: Subject): Finding[] {
  const isWritten = ['canary-weight', HEADER, VALUE, PATTERN, COOKIE].some(
    key => canary.annotations[NGINX + key] !== undefined,
  )
  if (isWritten || live.length === 0) return []
  return [findingOf('L21', annotationAt(canary), { canary: canary.name })]
}

/** L16 to L23: header and cookie rules as they are written. */
export const ruleFindings = (subject: Subject): Finding[] => [
  ...refused(subject),
  ...patternFindings(subject),
  ...withoutHeader(subject),
  ...headerName(subject),
  ...nothingWritten(subject),
  ...rulesWished(subject),
]
