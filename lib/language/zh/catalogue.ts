import type { Catalogue } from '@/lib/language/catalogue'
import { board } from '@/lib/language/zh/board'
import { operation } from '@/lib/language/zh/operation'
import { proof } from '@/lib/language/zh/proof'
import { release } from '@/lib/language/zh/release'
import { rules } from '@/lib/language/zh/rules'
import { shared } from '@/lib/language/zh/shared'
import { start } from '@/lib/language/zh/start'
import { status } from '@/lib/language/zh/status'
import { traffic } from '@/lib/language/zh/traffic'
import { trial } from '@/lib/language/zh/trial'

/** 全部中文文字。 */
export const zh: Catalogue = {
  shared,
  board,
  operation,
  proof,
  release,
  rules,
  start,
  status,
  traffic,
  trial,
}
