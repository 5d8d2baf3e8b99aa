import { readFileSync } from 'node:fs'
import { type Case, skipReason } from '@/scripts/cases/case'
import { judgeByDomain } from '@/scripts/cases/domain'
import { judgeByGateway } from '@/scripts/cases/gateway'
import { Stand } from '@/scripts/cases/stand'

function casesIn(path: string): Case[] {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Case[]
  } catch (error) {
    console.error(`${path} cannot be read: ${error instanceof Error ? error.message : error}`)
    process.exit(2)
  }
}

const [file] = process.argv.slice(2).filter(argument => !argument.startsWith('--'))
if (!file) {
  console.error('Usage: npm run --silent cases -- FILE [--gateway]')
  process.exit(2)
}

const cases = casesIn(file)
const stand = process.argv.includes('--gateway') ? await Stand.open() : null
/** A case that cannot even be run has failed; the others are still judged. */
const judge = async (one: Case): Promise<string | null> => {
  try {
    return await (stand && one.request ? judgeByGateway(stand, one, one.request) : judgeByDomain(one))
  } catch (error) {
    return String(error)
  }
}

const counts = { passed: 0, failed: 0, skipped: 0 }
for (const one of cases) {
  const reason = skipReason(one)
  const wrong = reason === null ? await judge(one) : null
  if (reason !== null) {
    counts.skipped++
    console.log(`skipped ${one.id}: ${reason}`)
  } else if (wrong !== null) {
    counts.failed++
    console.log(`failed ${one.id}: ${wrong}`)
  } else counts.passed++
}
await stand?.close()
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exitCode = counts.failed > 0 ? 1 : 0
