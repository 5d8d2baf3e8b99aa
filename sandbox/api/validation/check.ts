import type { Cause } from '../refusal'

/** Collects what is wrong with an object, field by field, in the words of Kubernetes' field errors. */
export class Check {
  readonly causes: Cause[] = []

  required(field: string, detail = ''): void {
    this.#add('FieldValueRequired', field, detail ? `Required value: ${detail}` : 'Required value')
  }

  invalid(field: string, value: unknown, detail: string): void {
    const shown = JSON.stringify(value ?? null)
    this.#add('FieldValueInvalid', field, `Invalid value: ${shown}: ${detail}`)
  }

  forbidden(field: string, detail: string): void {
    this.#add('FieldValueForbidden', field, `Forbidden: ${detail}`)
  }

  duplicate(field: string, value: unknown): void {
    this.#add('FieldValueDuplicate', field, `Duplicate value: ${JSON.stringify(value)}`)
  }

  unsupported(field: string, value: unknown, supported: readonly string[]): void {
    const list = supported.map(each => JSON.stringify(each)).join(', ')
    this.#add(
      'FieldValueNotSupported',
      field,
      `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`,
    )
  }

  tooLong(field: string, detail: string): void {
    this.#add('FieldValueTooLong', field, `Too long: ${detail}`)
  }

  #add(reason: string, field: string, message: string): void {
    this.causes.push({ reason, message, field })
  }
}

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const SERVICE = /^[a-z]([-a-z0-9]*[a-z0-9])?$/
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/

/** What is wrong with a name that must be a DNS-1123 label; undefined when nothing is. */
export const labelFault = (name: string): string | undefined => {
  if (name.length > 63) return 'must be no more than 63 bytes'
  return LABEL.test(name)
    ? undefined
    : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
}

/** What is wrong with a name that must be a DNS-1123 subdomain. */
export const subdomainFault = (name: string): string | undefined => {
  if (name.length > 253) return 'must be no more than 253 bytes'
  return SUBDOMAIN.test(name)
    ? undefined
    : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
}

/** What is wrong with a host that begins with a wildcard. */
export const wildcardFault = (host: string): string | undefined =>
  host.startsWith('*.') && SUBDOMAIN.test(host.slice(2))
    ? undefined
    : "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"

/** What is wrong with the name of a Service, a DNS-1035 label. */
export const serviceNameFault = (name: string): string | undefined => {
  if (name.length > 63) return 'must be no more than 63 bytes'
  return SERVICE.test(name)
    ? undefined
    : "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
}

/** What is wrong with the key of a label or annotation. */
export const qualifiedFault = (key: string): string | undefined => {
  const [name = '', prefix, ...more] = key.split('/').reverse()
  const prefixOk = prefix === undefined || subdomainFault(prefix) === undefined
  if (more.length === 0 && prefixOk && name.length <= 63 && QUALIFIED.test(name)) return undefined
  return "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
}

/** What is wrong with the value of a label. */
export const labelValueFault = (value: string): string | undefined =>
  value === '' || (value.length <= 63 && QUALIFIED.test(value))
    ? undefined
    : "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
