/** What is wrong with a name; empty when nothing is. */
export type NameRule = (name: string) => string[]

const ALPHANUMERIC = 'must start and end with an alphanumeric character'
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const SERVICE = '[a-z]([-a-z0-9]*[a-z0-9])?'
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const LABEL_VALUE = `(${QUALIFIED})?`
const WILDCARD = `\\*\\.${SUBDOMAIN}`

const whole = (pattern: string) => new RegExp(`^${pattern}$`)
const [isLabel, isService, isSubdomain] = [whole(LABEL), whole(SERVICE), whole(SUBDOMAIN)]
const [isQualified, isLabelValue, isWildcard] = [whole(QUALIFIED), whole(LABEL_VALUE), whole(WILDCARD)]

const told = (what: string, examples: readonly string[], pattern: string) =>
  `${what} (e.g. ${examples.map(each => `'${each}'`).join(',  or ')}, regex used for validation is '${pattern}')`

const NOT_LABEL = told(
  `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and ${ALPHANUMERIC}`,
  ['my-name', '123-abc'],
  LABEL,
)
const NOT_SUBDOMAIN = told(
  `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and ${ALPHANUMERIC}`,
  ['example.com'],
  SUBDOMAIN,
)
const NOT_WILDCARD = told(
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  ['*.example.com'],
  WILDCARD,
)
const NOT_SERVICE = told(
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  ['my-name', 'abc-123'],
  SERVICE,
)
const NOT_QUALIFIED = told(
  `must consist of alphanumeric characters, '-', '_' or '.', and ${ALPHANUMERIC}`,
  ['MyName', 'my.name', '123-abc'],
  QUALIFIED,
)
const NOT_LABEL_VALUE = told(
  `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and ${ALPHANUMERIC}`,
  ['MyValue', 'my_value', '12345'],
  LABEL_VALUE,
)

const present = (faults: readonly (string | false)[]): string[] => faults.filter(each => each !== false)

const tooLong = (name: string, limit: number): string | false =>
  Buffer.byteLength(name) > limit && `must be no more than ${limit} characters`

/** A DNS-1123 label. Source, for all of these: Kubernetes 1.34, apimachinery/pkg/util/validation/validation.go. */
export const labelFaults: NameRule = name =>
  present([
    tooLong(name, 63),
    !isLabel.test(name) && (isSubdomain.test(name) ? 'must not contain dots' : NOT_LABEL),
  ])

/** A DNS-1123 subdomain, as most names are. */
export const subdomainFaults: NameRule = name =>
  present([tooLong(name, 253), !isSubdomain.test(name) && NOT_SUBDOMAIN])

/** A host that begins with a star. */
export const wildcardFaults: NameRule = host =>
  present([tooLong(host, 253), !isWildcard.test(host) && NOT_WILDCARD])

/** A DNS-1035 label, as names of Services are. */
export const serviceNameFaults: NameRule = name =>
  present([tooLong(name, 63), !isService.test(name) && NOT_SERVICE])

/** The value of a label. */
export const labelValueFaults: NameRule = value =>
  present([tooLong(value, 63), !isLabelValue.test(value) && NOT_LABEL_VALUE])

/** The name of a port. */
export const portNameFaults: NameRule = name =>
  present([
    tooLong(name, 15),
    !/^[-a-z0-9]+$/.test(name) && 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    !/[a-z]/.test(name) && 'must contain at least one letter (a-z)',
    name.includes('--') && 'must not contain consecutive hyphens',
    /^-|-$/.test(name) && 'must not begin or end with a hyphen',
  ])

/** The key of a label or annotation: a name, with a subdomain before it or not. */
export const qualifiedFaults: NameRule = key => {
  const [name = '', prefix, ...more] = key.split('/').reverse()
  if (more.length > 0) {
    const prefixed = "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
    return [`a qualified name ${NOT_QUALIFIED} ${prefixed}`]
  }
  const ofPrefix = prefix === undefined ? [] : prefix === '' ? ['must be non-empty'] : subdomainFaults(prefix)
  const ofName = present([
    name === '' ? 'must be non-empty' : tooLong(name, 63),
    !isQualified.test(name) && NOT_QUALIFIED,
  ])
  return [...ofPrefix.map(each => `prefix part ${each}`), ...ofName.map(each => `name part ${each}`)]
}
