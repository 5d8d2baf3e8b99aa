import type { Severity } from '@/lib/domain/model/release'

/** What one finding says in English, `{name}` standing for a parameter. */
export type FindingText = { severity: Severity; title: string; why: string; fix?: string }

/** Findings of one theme by their ids. */
export type FindingTexts = Readonly<Record<string, FindingText>>
