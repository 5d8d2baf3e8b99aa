import { board } from '@/lib/language/en/board'
import { operation } from '@/lib/language/en/operation'
import { proof } from '@/lib/language/en/proof'
import { release } from '@/lib/language/en/release'
import { rules } from '@/lib/language/en/rules'
import { shared } from '@/lib/language/en/shared'
import { start } from '@/lib/language/en/start'
import { status } from '@/lib/language/en/status'
import { traffic } from '@/lib/language/en/traffic'
import { trial } from '@/lib/language/en/trial'

/** All texts in English; the shape every other language has to fill. */
export const en = { shared, board, operation, proof, release, rules, start, status, traffic, trial }
