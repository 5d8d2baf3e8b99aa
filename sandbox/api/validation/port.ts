import type { Check } from './check'

/** Checks a port number. */
export function checkPort(check: Check, field: string, port: unknown): void {
  if (typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535) return
  check.invalid(field, port, 'must be between 1 and 65535, inclusive')
}

/** Checks the name of a port. Source: Kubernetes 1.34, apimachinery/pkg/util/validation, IsValidPortName. */
export function checkPortName(check: Check, field: string, name: string): void {
  const faults = [
    name.length > 15 && 'must be no more than 15 characters',
    !/^[-a-z0-9]+$/.test(name) && 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    !/[a-z]/.test(name) && 'must contain at least one letter (a-z)',
    name.includes('--') && 'must not contain consecutive hyphens',
    /^-|-$/.test(name) && 'must not begin or end with a hyphen',
  ]
  for (const fault of faults) if (fault) check.invalid(field, name, fault)
}
