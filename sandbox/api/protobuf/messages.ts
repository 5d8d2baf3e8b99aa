import type { Field, Message } from './reader'

const text = (name: string): Field => ({ name, read: 'text' })
const whole = (name: string): Field => ({ name, read: 'whole' })
const count = (name: string): Field => ({ name, read: 'count' })
const flag = (name: string): Field => ({ name, read: 'flag' })
const texts = (name: string): Field => ({ name, read: 'texts' })
const list = (name: string, read: Field['read'] = 'text'): Field => ({ name, read, repeated: true })
const one = (name: string, read: Message): Field => ({ name, read })
const intOrText = (name: string): Field => ({ name, read: 'int-or-text' })
const ignored: Field = { name: '', read: 'ignored' }

const ownerReference: Message = {
  1: text('kind'),
  3: text('name'),
  4: text('uid'),
  5: text('apiVersion'),
  6: flag('controller'),
  7: flag('blockOwnerDeletion'),
}

const metadata: Message = {
  1: text('name'),
  2: text('generateName'),
  3: text('namespace'),
  4: ignored,
  5: text('uid'),
  6: text('resourceVersion'),
  7: ignored,
  8: ignored,
  11: texts('labels'),
  12: texts('annotations'),
  13: list('ownerReferences', ownerReference),
  14: list('finalizers'),
}

const port: Message = {
  1: text('name'),
  2: whole('hostPort'),
  3: whole('containerPort'),
  4: text('protocol'),
}

const container: Message = {
  1: text('name'),
  2: text('image'),
  3: list('command'),
  4: list('args'),
  5: text('workingDir'),
  6: list('ports', port),
  7: list('env', { 1: text('name'), 2: text('value') }),
  14: text('imagePullPolicy'),
}

const podSpec: Message = {
  2: list('containers', container),
  3: text('restartPolicy'),
  4: count('terminationGracePeriodSeconds'),
  6: text('dnsPolicy'),
  11: flag('hostNetwork'),
  12: flag('hostPID'),
  13: flag('hostIPC'),
}

const selector: Message = { 1: texts('matchLabels') }
const template: Message = { 1: one('metadata', metadata), 2: one('spec', podSpec) }
const rollingUpdate: Message = { 1: intOrText('maxUnavailable'), 2: intOrText('maxSurge') }

const deploymentSpec: Message = {
  1: count('replicas'),
  2: one('selector', selector),
  3: one('template', template),
  4: one('strategy', { 1: text('type'), 2: one('rollingUpdate', rollingUpdate) }),
  5: whole('minReadySeconds'),
  6: count('revisionHistoryLimit'),
  7: flag('paused'),
  9: whole('progressDeadlineSeconds'),
}

const servicePort: Message = {
  1: text('name'),
  2: text('protocol'),
  3: whole('port'),
  4: intOrText('targetPort'),
  5: whole('nodePort'),
}

const serviceSpec: Message = {
  1: list('ports', servicePort),
  2: texts('selector'),
  3: text('clusterIP'),
  4: text('type'),
  7: text('sessionAffinity'),
  10: text('externalName'),
  13: flag('publishNotReadyAddresses'),
}

const backend: Message = {
  4: one('service', { 1: text('name'), 2: one('port', { 1: text('name'), 2: whole('number') }) }),
}

const path: Message = { 1: text('path'), 2: one('backend', backend), 3: text('pathType') }
const rule: Message = { 1: text('host'), 2: one('value', { 1: one('http', { 1: list('paths', path) }) }) }

const ingressSpec: Message = {
  1: one('defaultBackend', backend),
  2: list('tls', { 1: list('hosts'), 2: text('secretName') }),
  3: list('rules', rule),
  4: text('ingressClassName'),
}

const resourceAttributes: Message = {
  1: text('namespace'),
  2: text('verb'),
  3: text('group'),
  4: text('version'),
  5: text('resource'),
  6: text('subresource'),
  7: text('name'),
}

const accessSpec: Message = {
  1: one('resourceAttributes', resourceAttributes),
  2: one('nonResourceAttributes', { 1: text('path'), 2: text('verb') }),
}

const objectOf = (spec: Message): Message => ({
  1: one('metadata', metadata),
  2: one('spec', spec),
  3: ignored,
})

/**
 * Messages of the objects that kubectl's own commands (`create deployment`, `create ingress`, `auth can-i`) send.
 * Source: Kubernetes 1.34, generated.proto of each group; field numbers only of what those commands fill in.
 */
export const MESSAGES: Readonly<Record<string, Message>> = {
  Namespace: objectOf({ 1: list('finalizers') }),
  Deployment: objectOf(deploymentSpec),
  Service: objectOf(serviceSpec),
  Ingress: objectOf(ingressSpec),
  Pod: objectOf(podSpec),
  SelfSubjectAccessReview: objectOf(accessSpec),
  SelfSubjectRulesReview: objectOf({ 1: text('namespace') }),
  SubjectAccessReview: objectOf({ ...accessSpec, 3: text('user'), 4: list('groups') }),
}
