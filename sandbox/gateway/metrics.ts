/** What one answered request leaves behind. Units: seconds and bytes. `canary` is "" when main answered. */
export type Answered = {
  status: number
  method: string
  path: string
  host: string
  namespace: string
  ingress: string
  service: string
  canary: string
  requestSeconds: number
  headerSeconds: number
  upstreamSeconds: number
  requestBytes: number
  responseBytes: number
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const BYTES = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 1000, 10_000, 100_000, 1_000_000]
const MOST_SERIES = 2000

type Histogram = { name: string; help: string; buckets: readonly number[]; of: (a: Answered) => number }

const HISTOGRAMS: readonly Histogram[] = [
  {
    name: 'request_duration_seconds',
    help: 'The request processing time in seconds',
    buckets: SECONDS,
    of: a => a.requestSeconds,
  },
  {
    name: 'response_duration_seconds',
    help: 'The time spent on receiving the response from the upstream server',
    buckets: SECONDS,
    of: a => a.upstreamSeconds,
  },
  {
    name: 'header_duration_seconds',
    help: 'The time spent on receiving first header from the upstream server',
    buckets: SECONDS,
    of: a => a.headerSeconds,
  },
  {
    name: 'request_size',
    help: 'The request length (including request line, header, and request body)',
    buckets: BYTES,
    of: a => a.requestBytes,
  },
  {
    name: 'response_size',
    help: 'The response length (including request line, header, and request body)',
    buckets: BYTES,
    of: a => a.responseBytes,
  },
]

type Series = { labels: string; count: number; sums: number[]; buckets: number[][] }

const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`

const labelsOf = (a: Answered, replica: number): string =>
  Object.entries({
    controller_class: 'k8s.io/ingress-nginx',
    controller_namespace: 'ingress-nginx',
    controller_pod: `sandbox-gateway-${replica}`,
    host: a.host,
    ingress: a.ingress,
    method: a.method,
    namespace: a.namespace,
    path: a.path,
    service: a.service,
    canary: a.canary,
    status: String(a.status),
  })
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join(',')

function emptySeries(labels: string): Series {
  return {
    labels,
    count: 0,
    sums: HISTOGRAMS.map(() => 0),
    buckets: HISTOGRAMS.map(({ buckets }) => buckets.map(() => 0)),
  }
}

function add(series: Series, answered: Answered): void {
  series.count += 1
  for (const [at, { buckets, of }] of HISTOGRAMS.entries()) {
    const value = of(answered)
    series.sums[at] = (series.sums[at] ?? 0) + value
    const counts = series.buckets[at] ?? []
    for (const [i, limit] of buckets.entries()) if (value <= limit) counts[i] = (counts[i] ?? 0) + 1
  }
}

function histogramText({ name, help, buckets }: Histogram, at: number, all: readonly Series[]): string[] {
  const full = `nginx_ingress_controller_${name}`
  const lines = all.flatMap(({ labels, count, sums, buckets: counts }) => [
    ...buckets.map((limit, i) => `${full}_bucket{${labels},le="${limit}"} ${counts[at]?.[i] ?? 0}`),
    `${full}_bucket{${labels},le="+Inf"} ${count}`,
    `${full}_sum{${labels}} ${sums[at] ?? 0}`,
    `${full}_count{${labels}} ${count}`,
  ])
  return [`# HELP ${full} ${help}`, `# TYPE ${full} histogram`, ...lines]
}

/**
 * Counts answered requests as the controller's own metrics do.
 * Limits: 2,000 series; what would open a further one is left out.
 * Source: ingress-nginx 1.15.1, internal/ingress/metric/collectors/socket.go.
 */
export function requestMetrics(replica: number) {
  const series = new Map<string, Series>()
  return {
    record(answered: Answered): void {
      const labels = labelsOf(answered, replica)
      const known = series.get(labels)
      if (!known && series.size >= MOST_SERIES) return
      const counted = known ?? emptySeries(labels)
      series.set(labels, counted)
      add(counted, answered)
    },
    text(): string {
      const all = [...series.values()]
      const requests = 'nginx_ingress_controller_requests'
      return [
        `# HELP ${requests} The total number of client requests`,
        `# TYPE ${requests} counter`,
        ...all.map(({ labels, count }) => `${requests}{${labels}} ${count}`),
        ...HISTOGRAMS.flatMap((histogram, at) => histogramText(histogram, at, all)),
        '',
      ].join('\n')
    },
  }
}

export type RequestMetrics = ReturnType<typeof requestMetrics>
