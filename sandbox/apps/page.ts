import type { IncomingHttpHeaders } from 'node:http'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string) => text.replace(/[&<>"']/g, letter => ENTITIES[letter] ?? '')

/** Headers that every browser and proxy sends: no marks. */
const ORDINARY =
  /^(host|connection|accept.*|user-agent|upgrade-insecure-requests|cache-control|pragma|sec-.*|dnt|referer|cookie|x-forwarded-.*|x-real-ip|x-request-id|x-scheme|x-original-.*|content-.*|if-.*|te|priority|transfer-encoding|forwarded)$/

function marksOf(headers: IncomingHttpHeaders): string[] {
  const cookies = (headers.cookie ?? '').split(';').map(each => each.trim())
  const others = Object.entries(headers).filter(([name]) => !ORDINARY.test(name))
  return [
    ...cookies.filter(each => each !== '').map(each => `cookie ${each}`),
    ...others.map(([name, value]) => `header ${name}: ${String(value)}`),
  ]
}

/** The page a person sees in a browser: which version it is, and which marks the request carried. */
export function pageOf(text: string, pod: string | undefined, headers: IncomingHttpHeaders): string {
  const marks = marksOf(headers).map(mark => `<li>${escaped(mark)}</li>`)
  const list = marks.length > 0 ? `<ul>${marks.join('')}</ul>` : '<p>This request carried no marks.</p>'
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(text)}</title>
<style>body{font:16px/1.5 system-ui;margin:3rem auto;max-width:40rem;padding:0 1rem}h1{font-size:3rem}</style>
<h1>${escaped(text)}</h1>
${pod === undefined ? '' : `<p>Pod ${escaped(pod)}</p>\n`}${list}
</html>
`
}
