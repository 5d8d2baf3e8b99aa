// The independent client: asks the gateway over raw sockets and says which version answered. It shares no code with the
// product, retries nothing, and opens a new connection every 100 requests.
//   node prove.mjs GATEWAY CLAIM [REQUESTS]
// Prints one line of JSON with its counts; exit code 1 when the claim does not hold.
import { connect } from 'node:net'

const PER_CONNECTION = 100
const ANSWER_MS = 5_000
const V1 = 'user-v1'
const V2 = 'user-v2'

/** What each claim sends and which answers prove it: all of one version, or a share. */
const CLAIMS = {
  'parked: v1 only': [{ marks: [], all: V1 }],
  'cookie: v2': [
    { marks: ['Cookie: vip_user=always'], all: V2 },
    { marks: [], all: V1 },
  ],
  'header: v2': [
    { marks: ['role: test'], all: V2 },
    { marks: ['role: other'], all: V1 },
    { marks: [], all: V1 },
  ],
  'weight 50': [{ marks: [], share: 0.5 }],
  'header > cookie > weight': [
    { marks: ['role: test', 'Cookie: vip_user=never'], all: V2 },
    { marks: ['Cookie: vip_user=never'], all: V1 },
    { marks: ['Cookie: vip_user=always'], all: V2 },
    { marks: [], share: 0.5 },
  ],
  'rolled back: v1 only': [
    { marks: [], all: V1 },
    { marks: ['role: test'], all: V1 },
    { marks: ['Cookie: vip_user=always'], all: V1 },
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
    ask: (host, marks) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject }
        socket.write([`GET /user HTTP/1.1`, `Host: ${host}`, ...marks, '', ''].join('\r\n'))
      }),
    close: () => {
      settle = undefined
      socket.destroy()
    },
  }
}

async function count(gateway, marks, requests) {
  const counts = { marks, sent: 0, v1: 0, v2: 0, other: 0, errors: 0 }
  let connection
  for (let index = 0; index < requests; index++) {
    if (index % PER_CONNECTION === 0) {
      connection?.close()
      connection = openConnection(gateway)
    }
    counts.sent++
    try {
      const { status, body } = await connection.ask(gateway.host, marks)
      const version =
        status === 200 && body.includes(V1) !== body.includes(V2)
          ? body.includes(V1)
            ? 'v1'
            : 'v2'
          : 'other'
      counts[version]++
    } catch {
      counts.errors++
      connection.close()
      connection = openConnection(gateway)
    }
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
  const { v1, v2, sent, other, errors } = counts
  if (other || errors) return false
  if (expected.all) return (expected.all === V2 ? v2 : v1) === sent
  const [low, high] = bounds(sent, expected.share)
  return v2 >= low && v2 <= high
}

const [, , url, claim, requests = '200'] = process.argv
const gateway = new URL(url)
const results = []
for (const expected of CLAIMS[claim]) {
  const counts = await count(gateway, expected.marks, Math.min(Number(requests), 2_000))
  results.push({
    ...counts,
    expected: expected.all ?? `${expected.share * 100} % ${bounds(counts.sent, expected.share).join('–')}`,
    holds: holds(expected, counts),
  })
}
console.log(JSON.stringify({ claim, holds: results.every(each => each.holds), results }))
process.exitCode = results.every(each => each.holds) ? 0 : 1
