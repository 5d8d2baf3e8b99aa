import http from 'node:http'

/** What the API and its pages take; anything else would end as an error inside Next. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Of a header that came in any case, and more than once: all its values. */
const valuesOf = (name, rawHeaders) =>
  rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1].toLowerCase() === name)

/** A wish to speak HTTP/2 may be overheard, and Java's client sends it with everything; any other one is no write. */
const wantsMore = ({ method, rawHeaders }) =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  valuesOf('upgrade', rawHeaders).some(protocol => protocol.toLowerCase() !== 'h2c')

/** Why a request is no matter for Next, as a status; 0 where it is. Source: RFC 9110 §7.8, §9.1, RFC 9112 §3.2. */
export function refusalOf(request) {
  const { method, url, rawHeaders } = request
  if (valuesOf('host', rawHeaders).length > 1 || !url.startsWith('/') || wantsMore(request)) return 400
  return METHODS.includes(method) ? 0 : 405
}

/** Can the path be read at all? `%zz` and `%ff` cannot. */
function isReadable(url) {
  try {
    decodeURIComponent(url.split('?')[0])
    return true
  } catch {
    return false
  }
}

/** Refuses what no handler should ever see, before Next looks at it. */
export const guarded = listener => (request, response) => {
  const status = refusalOf(request)
  if (status) {
    const allow = status === 405 ? { allow: METHODS.join(', ') } : {}
    response.writeHead(status, { ...allow, 'x-content-type-options': 'nosniff', connection: 'close' }).end()
    return
  }
  // An address that nobody can read does not exist; Next would fail on it inside the API.
  if (request.url.startsWith('/api/') && !isReadable(request.url)) request.url = '/api/-'
  listener(request, response)
}

/**
 * Puts the guard before every HTTP server that this process makes. Requests to upgrade the connection are answered as if they
 * had not asked: Halftone has no web sockets, and Next would leave some of them hanging.
 */
export function guardServers() {
  const create = http.createServer
  http.createServer = (...given) => {
    const server = create(...given.map(each => (typeof each === 'function' ? guarded(each) : each)))
    const on = server.on.bind(server)
    server.on = (event, listener) => (event === 'upgrade' ? server : on(event, listener))
    return server
  }
}
