import { readFileSync, statSync } from 'node:fs'

/** What the API server notes of a request. Source: audit.k8s.io/v1 Event. */
type Event = {
  verb: string
  requestURI: string
  userAgent?: string
  user: { username: string }
  objectRef?: { apiGroup?: string; resource?: string; subresource?: string }
  responseStatus?: { code?: number }
  annotations?: Record<string, string>
}

/** One call: `permission` is what RBAC was asked for, as in `permissionsOf`. */
export type Call = { user: string; agent: string; permission: string; status: number; refused: boolean }

function callOf(line: string): Call {
  const {
    verb,
    requestURI,
    userAgent = '',
    user,
    objectRef,
    responseStatus,
    annotations,
  }: Event = JSON.parse(line)
  const { apiGroup = '', resource = '', subresource } = objectRef ?? {}
  const what = objectRef
    ? `${apiGroup}/${resource}${subresource ? `/${subresource}` : ''}`
    : new URL(requestURI, 'https://api').pathname
  return {
    user: user.username,
    agent: userAgent,
    permission: `${verb} ${what}`,
    status: responseStatus?.code ?? 0,
    refused: annotations?.['authorization.k8s.io/decision'] === 'forbid',
  }
}

/** The calls that the API server notes from now on. */
export function auditFromNow(file: string): () => Call[] {
  const from = statSync(file).size
  return () => {
    const text = readFileSync(file).subarray(from).toString('utf8')
    // The last line may still be written.
    return text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(Boolean)
      .map(callOf)
  }
}
