type Found = { value: string } | { skipFrom: number }

/** Looks for NAME=value at one place. Where the name stands without "=", nginx has read one character more. */
function cookieAt(line: string, at: number, name: string): Found {
  if (line.slice(at, at + name.length).toLowerCase() !== name) return { skipFrom: at }
  let start = at + name.length
  while (line[start] === ' ') start++
  if (line[start] !== '=') return { skipFrom: Math.min(start + 1, line.length) }
  const end = line.indexOf(';', start)
  return { value: line.slice(start + 1, end < 0 ? line.length : end).replace(/^ +/, '') }
}

/**
 * The value nginx's $cookie_NAME has; null where the request carries none.
 *
 * Limits: names compare in any case; ";" and "," separate, only ";" ends a value; the first one wins. An empty name
 * finds "=value". Source: nginx 1.27, ngx_http_parse_multi_header_lines.
 */
export function nginxCookie(lines: readonly string[], name: string): string | null {
  const wanted = name.toLowerCase()
  for (const line of lines) {
    for (let at = 0; at < line.length; ) {
      const found = cookieAt(line, at, wanted)
      if ('value' in found) return found.value
      const separator = line.slice(found.skipFrom).search(/[;,]/)
      if (separator < 0) break
      at = found.skipFrom + separator + 1
      while (line[at] === ' ') at++
    }
  }
  return null
}

/**
 * The value the affinity balancer reads; null where the request carries none.
 *
 * Limits: names compare exactly; blanks end a value; the last one wins. Source: lua-resty-cookie 0.1, get_cookie_table.
 */
export function luaCookie(lines: readonly string[], name: string): string | null {
  let value: string | null = null
  for (const [, key, text] of lines.join('; ').matchAll(/[ \t]*([^=]*)=([^; \t]*)[; \t]?/g)) {
    if (key === name) value = text ?? ''
  }
  return value
}
