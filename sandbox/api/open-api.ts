import type { IncomingMessage } from 'node:http'
import { VERSION } from './discovery'
import { allKinds, apiVersionOf, type Kind } from './kinds'
import type { Fields } from './object'

/** Every group and version there is. */
export const groupVersions = [...new Set(allKinds.map(apiVersionOf))]

/** Where a group and version begins. */
export const rootOf = (groupVersion: string) =>
  groupVersion.includes('/') ? `apis/${groupVersion}` : `api/${groupVersion}`

const parameterOf = (name: string): Fields => ({
  name,
  in: 'query',
  schema: { type: 'string', uniqueItems: true },
})

const PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation'].map(parameterOf)

function operationOf({ group, version, kind }: Kind, verb: string): Fields {
  return {
    operationId: `${verb}${kind}`,
    parameters: PARAMETERS,
    responses: { 200: { description: 'OK' } },
    'x-kubernetes-action': verb,
    'x-kubernetes-group-version-kind': { group, version, kind },
  }
}

function pathsOf(kind: Kind): [string, Fields][] {
  const scope = kind.namespaced ? 'namespaces/{namespace}/' : ''
  const all = `/${rootOf(apiVersionOf(kind))}/${scope}${kind.plural}`
  return [
    [all, { post: operationOf(kind, 'post') }],
    [`${all}/{name}`, { patch: operationOf(kind, 'patch'), put: operationOf(kind, 'put') }],
  ]
}

const EMPTY = { swagger: '2.0', info: { title: 'Kubernetes', version: VERSION.gitVersion }, paths: {} }

/** The same in protobuf, as far as anybody looks: field 1 of gnostic's openapi.v2.Document, the text `2.0`. */
const EMPTY_BYTES = Buffer.from([0x0a, 3, ...Buffer.from('2.0')])
const PROTOBUF_V2 = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf'

/**
 * Answers `/openapi/v2`, which kubectl reads to check a `kind: List`: no schemas, so it checks nothing and the server does.
 * Source: kubectl 1.34, pkg/validation/schema.go: what has no schema is skipped.
 */
export function openApiV2(pathname: string, { headers }: IncomingMessage) {
  if (pathname !== '/openapi/v2') return undefined
  return headers.accept?.includes('protobuf')
    ? { type: PROTOBUF_V2, bytes: EMPTY_BYTES }
    : { type: 'application/json', bytes: Buffer.from(JSON.stringify(EMPTY)) }
}

/**
 * Answers `/openapi/v3`: which operations there are and that the server itself checks fields.
 * Limits: no schemas; kubectl then takes those it was built with.
 */
export function openApi(pathname: string): Fields | undefined {
  if (pathname === '/openapi/v3') {
    const entries = groupVersions.map(each => [
      rootOf(each),
      { serverRelativeURL: `/openapi/v3/${rootOf(each)}?hash=sandbox` },
    ])
    return { paths: Object.fromEntries(entries) }
  }
  const groupVersion = groupVersions.find(each => pathname === `/openapi/v3/${rootOf(each)}`)
  if (groupVersion === undefined) return undefined
  const kinds = allKinds.filter(kind => apiVersionOf(kind) === groupVersion)
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: VERSION.gitVersion },
    paths: Object.fromEntries(kinds.flatMap(pathsOf)),
    components: { schemas: {} },
  }
}
