import type { Check } from './check'

/** Checks a port number. */
export function checkPort(check: Check, field: string, port: unknown): void {
  if (typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535) return
  check.invalid(field, port, 'must be between 1 and 65535, inclusive')
}
