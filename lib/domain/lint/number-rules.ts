import { findingOf } from '@/lib/domain/finding'
import { parseGoInt } from '@/lib/domain/go-text'
import { annotationAt, NGINX, type Subject, shown, written } from '@/lib/domain/lint/subject'
import type { Finding } from '@/lib/domain/model/release'

/** What the controller reads where a number is none. Source: annotations/canary/main.go. */
const READ_AS = { 'canary-weight': 0, 'canary-weight-total': 100 } as const

function badNumbers({ canary }: Subject): Finding[] {
  return Object.entries(READ_AS).flatMap(([key, read]) => {
    const text = canary.annotations[NGINX + key]
    if (text === undefined || parseGoInt(text) !== null) return []
    return [findingOf('L11', annotationAt(canary, key), { key, written: shown(text) || '""', read })]
  })
}

function smallTotal({ canary, setting: { weight, weightTotal } }: Subject): Finding[] {
  if (weightTotal >= 100) return []
  const params = { written: shown(written(canary, 'canary-weight-total')), weight, total: weightTotal }
  return [findingOf('L12', annotationAt(canary, 'canary-weight-total'), params)]
}

function weightOutside({ canary, setting, release }: Subject): Finding[] {
  const { weight: read, weightTotal: total } = release
  const { weight } = setting
  return weight === read
    ? []
    : [findingOf('L13', annotationAt(canary, 'canary-weight'), { weight, total, read })]
}

/** L11 to L13: weight and total as they are written. */
export const numberFindings = (subject: Subject): Finding[] => [
  ...badNumbers(subject),
  ...smallTotal(subject),
  ...weightOutside(subject),
]
