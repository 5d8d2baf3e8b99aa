import { expect, test } from 'vitest'
import { documentedVariables } from '@/lib/server/env'

const cell = (text: string) => text.replaceAll('|', '\\|')
const table = documentedVariables.map(
  ({ name, fallback, meaning }) =>
    `| \`${name}\` | ${fallback ? `\`${fallback}\`` : ''} | ${cell(meaning)} |`,
)

const CONFIGURATION = `# Configuration

Everything is set by environment variables; every one has a default that works. An empty variable counts as not set.
All mistakes are listed at once, and Halftone does not start with any (exit code 1).

<!-- Made from lib/server/env.ts by tests/server/configuration.test.ts: \`npx vitest run tests/server/configuration.test.ts -u\` -->

| variable | default | what it says |
| --- | --- | --- |
${table.join('\n')}

\`HTTPS_PROXY\`, \`HTTP_PROXY\` and \`NO_PROXY\` hold for the way to API servers, as with kubectl.

\`HALFTONE_CONTEXTS\`: a context without a name of its own is called by its own name in a-z, 0-9 and "-"; the name is part of every address.
`

const EXAMPLE = documentedVariables
  .map(({ name, fallback, meaning }) => `# ${meaning}\n#${name}=${fallback}\n`)
  .join('\n')

test('docs/configuration.md says what the schema says', async () => {
  await expect(CONFIGURATION).toMatchFileSnapshot('../../docs/configuration.md')
})

test('.env.example says what the schema says', async () => {
  await expect(EXAMPLE).toMatchFileSnapshot('../../.env.example')
})

test('every variable of ours is explained', () => {
  for (const { name, meaning } of documentedVariables) {
    expect(meaning.length, name).toBeGreaterThan(10)
  }
})
