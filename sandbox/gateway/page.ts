import { STATUS_CODES } from 'node:http'

const NGINX_NAMES: Readonly<Record<number, string>> = {
  308: 'Permanent Redirect',
  413: 'Request Entity Too Large',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}

/** The page nginx itself answers with when no upstream does. */
export function pageOf(status: number): string {
  const title = `${status} ${NGINX_NAMES[status] ?? STATUS_CODES[status] ?? ''}`
  return [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n')
}
