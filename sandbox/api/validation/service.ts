import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import type { Draft, Fields, KubeObject } from '../object'
import type { Check } from './check'
import { checkLabels } from './metadata'
import { labelFaults, portNameFaults } from './names'
import { checkPort } from './port'

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']
const PROTOCOLS = ['SCTP', 'TCP', 'UDP']

/** Checks a Service: its type, its ports and its address. Source: Kubernetes 1.34, pkg/apis/core/validation. */
export function checkService(check: Check, draft: Draft, before: KubeObject | undefined): void {
  const spec = fieldsOf(draft.spec)
  const ports = itemsOf(spec.ports).map(fieldsOf)
  const type = textOf(spec.type)
  if (!TYPES.includes(type)) check.unsupported('spec.type', type, TYPES)
  checkLabels(check, 'spec.selector', spec.selector)
  checkAddress(check, spec, before)
  if (type === 'ExternalName' && textOf(spec.externalName) === '') check.required('spec.externalName')
  if (ports.length === 0 && spec.type !== 'ExternalName' && spec.clusterIP !== 'None')
    check.required('spec.ports')
  const names = new Set<string>()
  ports.forEach((port, i) => {
    const at = `spec.ports[${i}]`
    const name = textOf(port.name)
    checkPort(check, `${at}.port`, port.port)
    if (typeof port.targetPort === 'string') check.named(`${at}.targetPort`, port.targetPort, portNameFaults)
    else checkPort(check, `${at}.targetPort`, port.targetPort)
    const protocol = textOf(port.protocol)
    if (!PROTOCOLS.includes(protocol)) check.unsupported(`${at}.protocol`, protocol, PROTOCOLS)
    if (name === '' && ports.length > 1) check.required(`${at}.name`)
    else if (name !== '') check.named(`${at}.name`, name, labelFaults)
    if (name !== '' && names.has(name)) check.duplicate(`${at}.name`, name)
    names.add(name)
  })
}

function checkAddress(check: Check, spec: Fields, before: KubeObject | undefined): void {
  const old = textOf(fieldsOf(before?.spec).clusterIP)
  const now = textOf(spec.clusterIP)
  if (old !== '' && now !== old) check.invalid('spec.clusterIPs[0]', [now], 'may not change once set')
}
