import { board } from '@/lib/language/en/board'
import { shared } from '@/lib/language/en/shared'

/** All texts in English; the shape every other language has to fill. */
export const en = { shared, board }
