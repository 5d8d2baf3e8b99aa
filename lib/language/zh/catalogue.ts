import type { Catalogue } from '@/lib/language/catalogue'
import { board } from '@/lib/language/zh/board'
import { shared } from '@/lib/language/zh/shared'

/** 全部中文文字。 */
export const zh: Catalogue = { shared, board }
