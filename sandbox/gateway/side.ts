import { createServer, type Server } from 'node:http'
import type { Replica } from './replica'

const answersOf = (replicas: readonly Replica[]): Record<string, () => { type: string; text: string }> => ({
  '/metrics': () => ({
    type: 'text/plain; version=0.0.4; charset=utf-8',
    text: replicas.map(each => each.metrics.text()).join(''),
  }),
  '/access-log': () => ({
    type: 'text/plain; charset=utf-8',
    text: replicas.flatMap(each => each.log.lines()).join('\n'),
  }),
})

/** The gateway's side address, for those who watch it: /metrics and /access-log. */
export function sideServer(replicas: readonly Replica[]): Server {
  const answers = answersOf(replicas)
  return createServer((request, response) => {
    const answer = answers[request.url ?? '']
    if (request.method !== 'GET' || !answer) return void response.writeHead(404).end()
    const { type, text } = answer()
    response.writeHead(200, { 'content-type': type }).end(text)
  })
}
