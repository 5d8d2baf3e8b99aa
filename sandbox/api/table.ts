import type { IncomingMessage } from 'node:http'
import type { Kind } from './kinds'
import type { Fields, KubeObject } from './object'

/** Whether the client wants rows to print, as `kubectl get` does. */
export const wantsTable = ({ headers }: IncomingMessage): boolean =>
  (headers.accept ?? '').includes('as=Table') && false

export const tableOf = (_objects: readonly KubeObject[], _page: object, _kind?: Kind): Fields => ({})
export const tableRow = (_kind: Kind) => (_object: KubeObject): Fields => ({})
