// The independent client: asks the gateway over raw sockets and says which version answered. It shares no code with the
// product, retries nothing, and opens a new connection every 100 requests.
//   node prove.mjs GATEWAY APP CLAIM [REQUESTS]     APP is user or pay
// With `meanwhile` as the number of requests it asks until its standard input ends, a hundred times a second at most.
// Prints one line of JSON with its counts; exit code 1 when the claim does not hold.
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const PER_CONNECTION = 100
const ANSWER_MS = 5_000
const PACE_MS = 10

/** What each claim sends and which answers prove it: all of one version, or a share of v2. */
const CLAIMS = {
  'v1 only': [{ marks: [], all: 'v1' }],
  'parked: v1 only': [
    { marks: [], all: 'v1' },
    { marks: ['role: test'], all: 'v1' },
    { marks: ['Cookie: vip_user=always'], all: 'v1' },
  ],
  'cookie: v2': [
    { marks: ['Cookie: vip_user=always'], all: 'v2' },
    { marks: [], all: 'v1' },
  ],
  'header: v2': [
    { marks: ['role: test'], all: 'v2' },
    { marks: ['role: other'], all: 'v1' },
    { marks: [], all: 'v1' },
  ],
  'weight 50': [{ marks: [], share: 0.5 }],
  'header > cookie > weight': [
    { marks: ['role: test', 'Cookie: vip_user=never'], all: 'v2' },
    { marks: ['Cookie: vip_user=never'], all: 'v1' },
    { marks: ['Cookie: vip_user=always'], all: 'v2' },
    { marks: [], share: 0.5 },
  ],
  'rolled back: v1 only': [
    { marks: [], all: 'v1' },
    { marks: ['role: test'], all: 'v1' },
    { marks: ['Cookie: vip_user=always'], all: 'v1' },
  ],
}

/** One connection: sends requests one after another, each after the answer to the one before. */
function openConnection({ hostname, port }) {
  const socket = connect({ host: hostname, port: Number(port || 80) })
  socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error('no answer in time')))
  let read = Buffer.alloc(0)
  let settle
  const finish = () => {
    const end = read.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = read.subarray(0, end).toString('latin1')
    const length = Number(/\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? Number.NaN)
    const chunked = /\ntransfer-encoding: *chunked/i.test(head)
    const rest = read.subarray(end + 4)
    const whole = chunked ? rest.indexOf('0\r\n\r\n') + 5 : length
    if (chunked ? rest.indexOf('0\r\n\r\n') < 0 : rest.length < length) return
    read = rest.subarray(whole)
    settle?.resolve({ status: Number(head.slice(9, 12)), body: rest.subarray(0, whole).toString() })
  }
  socket.on('data', data => {
    read = Buffer.concat([read, data])
    finish()
  })
  socket.on('error', error => settle?.reject(error))
  socket.on('close', () => settle?.reject(new Error('connection closed before the answer')))
  return {
    ask: (app, host, marks) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject }
        socket.write([`GET /${app} HTTP/1.1`, `Host: ${host}`, ...marks, '', ''].join('\r\n'))
      }),
    close: () => {
      settle = undefined
      socket.destroy()
    },
  }
}

/** Which version an answer names; `other` for none, both, or a status that is not 200. */
function versionIn({ status, body }, app) {
  const [v1, v2] = ['v1', 'v2'].map(version => body.includes(`${app}-${version}`))
  if (status !== 200 || v1 === v2) return 'other'
  return v1 ? 'v1' : 'v2'
}

/** Asks one request after another as long as there are `more`. */
async function count({ gateway, app, paceMs }, marks, more) {
  const counts = { marks, sent: 0, v1: 0, v2: 0, other: 0, errors: 0 }
  let connection
  for (let index = 0; more(index); index++) {
    if (index % PER_CONNECTION === 0) {
      connection?.close()
      connection = openConnection(gateway)
    }
    counts.sent++
    try {
      counts[versionIn(await connection.ask(app, gateway.host, marks), app)]++
    } catch {
      counts.errors++
      connection.close()
      connection = openConnection(gateway)
    }
    if (paceMs > 0) await sleep(paceMs)
  }
  connection?.close()
  return counts
}

/** P(X ≤ k) for X ~ Binomial(n, p). */
function cumulative(k, n, p) {
  let term = (1 - p) ** n
  let sum = term
  for (let i = 1; i <= k; i++) {
    term *= ((n - i + 1) / i) * (p / (1 - p))
    sum += term
  }
  return sum
}

/** Exact two-sided bounds: outside them a true share `p` falls with probability below 1e-6. */
function bounds(n, p) {
  let low = 0
  while (cumulative(low, n, p) < 5e-7) low++
  let high = n
  while (1 - cumulative(high - 1, n, p) < 5e-7) high--
  return [low, high]
}

function holds(expected, counts) {
  const { v2, sent, other, errors } = counts
  if (other || errors || sent === 0) return false
  if (expected.all) return counts[expected.all] === sent
  const [low, high] = bounds(sent, expected.share)
  return v2 >= low && v2 <= high
}

const shareText = (sent, share) => `${share * 100} % ${bounds(sent, share).join('–')}`

const [, , url, app, claim, requests = '200'] = process.argv
const isMeanwhile = requests === 'meanwhile'
let isOver = false
if (isMeanwhile) {
  process.stdin.resume().on('end', () => {
    isOver = true
  })
}
const far = { gateway: new URL(url), app, paceMs: isMeanwhile ? PACE_MS : 0 }
const most = Math.min(Number(requests), 2_000)
const more = isMeanwhile ? () => !isOver : index => index < most
const results = []
for (const expected of CLAIMS[claim]) {
  const counts = await count(far, expected.marks, more)
  results.push({
    ...counts,
    expected: expected.all ? `${app}-${expected.all}` : shareText(counts.sent, expected.share),
    holds: holds(expected, counts),
  })
}
console.log(JSON.stringify({ app, claim, holds: results.every(each => each.holds), results }))
process.exitCode = results.every(each => each.holds) ? 0 : 1
