import { at, LINT, lintCase, lintHost, lintService, STICKY } from './lint-case'
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
  const paths = (tag: string) => [
    at(app, tag),
    { ...at(app, 'v1', '/two'), service: lintService(app, 'other') },
  ]
  return [
    ...lintCase({ app, main: { paths: paths('v1') } }),
    serviceOf(LINT, lintService(app, 'other'), 'lint-v1'),
    ingressOf({
      ...{ namespace: LINT, name: `${app}-late`, host: lintHost(app), createdAt: daysAgo(9) },
      paths: [at(app, 'v2', '/two')],
      annotations: { canary: 'true', 'canary-weight': '50' },
    }),
  ]
}

/** A canary in a namespace of others. */
export function elsewhere(namespace: string): Manifest[] {
  const app = 'l32-elsewhere'
  const objects = lintCase({ app, rules: { 'canary-weight': '0' }, canary: { namespace } })
  return [...objects, serviceOf(namespace, lintService(app, 'v2'), 'lint-v2')]
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
  const creationTimestamp = daysAgo(90)
  const objects = lintCase({ app, main: { annotations: STICKY }, rules: { 'canary-weight': '0' } })
  return changed(objects, lintService(app, 'v2'), ({ metadata }) => ({
    metadata: { ...metadata, creationTimestamp },
  }))
}

/** What nginx refuses holds up every release beside it, so these have a class of their own. */
export function twice(): Manifest[] {
  const app = 'l47-twice'
  const className = 'nginx-refused'
  return [
    classOf(className, 'k8s.io/ingress-nginx', false),
    ...lintCase({
      app,
      main: { className, paths: [at(app, 'v1', '/shop'), at(app, 'v1', '/shop/')] },
      canary: { className, paths: [at(app, 'v2', '/shop'), at(app, 'v2', '/shop/')] },
    }),
  ]
}
