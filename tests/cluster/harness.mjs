// `npm run cluster:up`, `cluster:down`, `cluster:in`, `test:cluster`: installs what is missing, then hands over to TypeScript.
import { ensureInstalled } from '../../scripts/install.mjs'

ensureInstalled()
const { tsImport } = await import('tsx/esm/api')
const { command } = await tsImport('./harness/command.ts', import.meta.url)
try {
  const [name, ...args] = process.argv.slice(2)
  process.exitCode = await command(name, args)
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
