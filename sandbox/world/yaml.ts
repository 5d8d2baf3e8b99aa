const PLAIN = /^[A-Za-z/][A-Za-z0-9 ./:_-]*[A-Za-z0-9/]$|^[A-Za-z]$/
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null)$/i

const scalar = (value: unknown): string =>
  typeof value === 'string' && PLAIN.test(value) && !WORDS.test(value) && !value.includes(': ')
    ? value
    : JSON.stringify(value)

function linesOf(value: unknown): string[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return ['[]']
    return value.flatMap(each => linesOf(each).map((line, at) => (at === 0 ? '- ' : '  ') + line))
  }
  if (typeof value !== 'object' || value === null) return [scalar(value)]
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  if (entries.length === 0) return ['{}']
  return entries.flatMap(([key, each]) => {
    const [first = '', ...more] = linesOf(each)
    const nested = typeof each === 'object' && each !== null && !['{}', '[]'].includes(first)
    if (!nested) return [`${scalar(key)}: ${first}`]
    const indent = Array.isArray(each) ? '' : '  '
    return [`${scalar(key)}:`, ...[first, ...more].map(line => indent + line)]
  })
}

/** Objects as YAML documents that `kubectl apply -f -` reads. */
export const yamlOf = (objects: readonly object[]): string =>
  objects.map(each => `${linesOf(each).join('\n')}\n`).join('---\n')
