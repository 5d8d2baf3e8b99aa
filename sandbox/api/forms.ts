import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal'

const FORMS = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']
const STREAMS = ['application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch']

/** Refuses a client that takes none of the forms there are. Limits: `*` and JSON only; quality is not weighed. */
export function checkAcceptable({ headers }: IncomingMessage, verb: string): void {
  const accept = headers.accept ?? '*/*'
  if (/application\/(json|\*)|\*\/\*/.test(accept)) return
  const forms = [...FORMS, ...(verb === 'list' || verb === 'watch' ? STREAMS : [])].join(', ')
  const message = `406: Not Acceptable\n\nAvailable representations: ${forms}`
  throw new Refusal('NotAcceptable', message, {})
}
