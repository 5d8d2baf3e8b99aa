import { findingOf } from '@/lib/domain/finding'
import { annotationAt, type Subject, shown, written } from '@/lib/domain/lint/subject'
import type { Finding } from '@/lib/domain/model/release'

const PLAIN = /^[A-Za-z0-9_-]+$/

/** The place where a rule asks for the value of a cookie; null where none does. */
function wishedAt({ canary, setting }: Subject): string | null {
  if (written(canary, 'canary-by-cookie').includes('=')) return 'canary-by-cookie'
  if (setting.header.toLowerCase() !== 'cookie') return null
  const keys = ['canary-by-header-value', 'canary-by-header-pattern']
  return keys.find(key => written(canary, key).trim() !== '') ?? null
}

function cookieValue(subject: Subject): Finding[] {
  const { canary } = subject
  const key = wishedAt(subject)
  if (key === null) return []
  return [findingOf('L22', annotationAt(canary, key), { wish: shown(written(canary, key)) })]
}

/** Several values in one text; the pattern that means them, where each is a plain word. */
function severalValues({ canary }: Subject): Finding[] {
  const value = written(canary, 'canary-by-header-value')
  const parts = value
    .split(/[,|]+/)
    .map(part => part.trim())
    .filter(Boolean)
  if (!/[,|]/.test(value)) return []
  const pattern = parts.every(part => PLAIN.test(part)) ? `^(${parts.join('|')})$` : '^(a|b)$'
  const params = { value: shown(value), pattern: shown(pattern) }
  return [findingOf('L23', annotationAt(canary, 'canary-by-header-value'), params)]
}

/** L22 and L23: what somebody wished for and a canary cannot do. */
export const rulesWished = (subject: Subject): Finding[] => [
  ...cookieValue(subject),
  ...severalValues(subject),
]
