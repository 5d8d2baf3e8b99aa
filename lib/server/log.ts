import 'server-only'

type Level = 'info' | 'warn' | 'error'

/** Writes one line of JSON for people and machines that read logs. Limits: never give it credentials or bodies. */
export function log(level: Level, message: string, more: Record<string, unknown> = {}): void {
  const line = JSON.stringify({ at: new Date().toISOString(), level, message, ...more })
  process[level === 'info' ? 'stdout' : 'stderr'].write(`${line}\n`)
}

/** What a log may say of something thrown. */
export const described = (thrown: unknown): string =>
  thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
