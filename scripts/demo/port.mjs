import { once } from 'node:events'
import { createServer } from 'node:net'

const LAST_PORT = 65_535

async function taken(port) {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
    const free = server.address().port
    server.close()
    await once(server, 'close')
    return free
  } catch (error) {
    if (error.code === 'EADDRINUSE' || error.code === 'EACCES') return null
    throw error
  }
}

/** The port asked for, or the next free one, said aloud; 0 asks for any. */
export async function freePort(wanted) {
  for (let port = wanted; port <= LAST_PORT; port++) {
    const free = await taken(port)
    if (free === null) continue
    if (wanted !== 0 && free !== wanted) console.error(`Port ${wanted} is taken; using ${free}.`)
    return free
  }
  throw new Error(`No free port from ${wanted} on.`)
}
