import type { FindingId } from '@/lib/domain/finding'
import type { NoteId } from '@/lib/domain/start/notes'
import { controllerWords } from '@/lib/language/zh/finding/controller'
import { deadWords } from '@/lib/language/zh/finding/dead'
import { noteWords } from '@/lib/language/zh/finding/note'
import { reachWords } from '@/lib/language/zh/finding/reach'
import { ruleWords } from '@/lib/language/zh/finding/rules'
import { upkeepWords } from '@/lib/language/zh/finding/upkeep'

/** 每条诊断的中文文字；`{name}` 代表参数。英文即 API 的文字。 */
export const findings: Record<FindingId | NoteId, { title: string; why: string; fix: string }> = {
  ...controllerWords,
  ...deadWords,
  ...noteWords,
  ...ruleWords,
  ...reachWords,
  ...upkeepWords,
}
