import { at, LINT, lintCase, lintHost, lintPort, lintPorts, lintService, STICKY } from './lint-case'
import { classOf, daysAgo, ingressOf, type Manifest, serviceOf } from './objects'

const BUCKET = { resource: { apiGroup: 'example.com', kind: 'Bucket', name: 'static' } }

/** The objects of a case with parts of the one of this name replaced: what the sandbox's wishes do not know. */
const changed = (objects: readonly Manifest[], name: string, part: (each: Manifest) => Partial<Manifest>) =>
  objects.map(each => (each.metadata.name === name ? { ...each, ...part(each) } : each))

/** A canary whose only backend is a default one, and a resource. */
export function withoutPath(): Manifest[] {
  const app = 'l44-no-path'
  const spec = { ingressClassName: 'nginx', defaultBackend: BUCKET }
  return changed(lintCase({ app }), `${app}-canary`, () => ({ spec }))
}

/** A canary whose path leads to a resource. */
export function withResource(): Manifest[] {
  const app = 'l45-resource'
  const paths = [{ path: '/', pathType: 'Prefix', backend: BUCKET }]
  const spec = { ingressClassName: 'nginx', rules: [{ host: lintHost(app), http: { paths } }] }
  return changed(lintCase({ app }), `${app}-canary`, () => ({ spec }))
}

/** Two canaries of one Service on two routes: the younger one has the rules of the older. */
export function shared(): Manifest[] {
  const app = 'l08-shared'
  return [
    ...lintCase({ app, main: { paths: [at('v1'), at('other', '/two')] } }),
    ingressOf({
      ...{ namespace: LINT, name: `${app}-late`, host: lintHost(app), port: lintPort(app) },
      createdAt: daysAgo(9),
      paths: [at('v2', '/two')],
      annotations: { canary: 'true', 'canary-weight': '50' },
    }),
  ]
}

/** A canary in a namespace of others. */
export function elsewhere(namespace: string): Manifest[] {
  const objects = lintCase({
    app: 'l32-elsewhere',
    rules: { 'canary-weight': '0' },
    canary: { namespace },
  })
  return [...objects, serviceOf(namespace, lintService('v2'), 'lint-v2', { ports: lintPorts })]
}

/** Parked, and not written to for longer than two weeks. */
export function leftOver(): Manifest[] {
  const app = 'l38-left-over'
  const [time, apiVersion] = [daysAgo(40), 'networking.k8s.io/v1']
  const writing = {
    manager: 'kubectl-annotate',
    operation: 'Update',
    apiVersion,
    time,
    fieldsType: 'FieldsV1',
  }
  const managedFields = [{ ...writing, fieldsV1: { 'f:metadata': { 'f:annotations': {} } } }]
  const objects = lintCase({ app, rules: { 'canary-weight': '0' }, canary: { createdAt: daysAgo(60) } })
  return changed(objects, `${app}-canary`, ({ metadata }) => ({ metadata: { ...metadata, managedFields } }))
}

/** Cookies of an earlier canary may still name this Service. */
export function usedBefore(): Manifest[] {
  const app = 'l48-used-before'
  const service = serviceOf(LINT, lintService('old'), 'lint-v2', { ports: lintPorts })
  return [
    { ...service, metadata: { ...service.metadata, creationTimestamp: daysAgo(90) } },
    ...lintCase({
      app,
      main: { annotations: STICKY },
      rules: { 'canary-weight': '0' },
      canary: { paths: [at('old')] },
    }),
  ]
}

/** What nginx refuses holds up every release beside it, so these have a class of their own. */
export function twice(): Manifest[] {
  const app = 'l47-twice'
  const className = 'nginx-refused'
  return [
    classOf(className, 'k8s.io/ingress-nginx', false),
    ...lintCase({
      app,
      main: { className, paths: [at('v1', '/shop'), at('v1', '/shop/')] },
      canary: { className, paths: [at('v2', '/shop'), at('v2', '/shop/')] },
    }),
  ]
}
