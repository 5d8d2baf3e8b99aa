import 'server-only'

/**
 * Is this host name, as written, the machine itself? Only plain spellings count: `127.1` or `localhost.` do not.
 * Limits: an IPv6 address may stand in brackets.
 */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase()
  if (name === 'localhost' || name === '::1' || name === '[::1]') return true
  const parts = name.split('.')
  return parts.length === 4 && parts[0] === '127' && parts.every(isByte)
}

const isByte = (text: string) => /^(0|[1-9]\d{0,2})$/.test(text) && Number(text) <= 255
