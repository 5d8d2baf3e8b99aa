/** 一个主题的诊断文字，按 id；`{name}` 代表参数。 */
export type FindingWords = Readonly<Record<string, { title: string; why: string; fix: string }>>
