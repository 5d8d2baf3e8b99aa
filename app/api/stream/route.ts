import { readServer } from '@/lib/server/handle'
import { methods } from '@/lib/server/methods'
import { eventStream } from '@/lib/server/stream/stream'
import { parseTopics } from '@/lib/server/stream/topic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: readServer(({ request, runtime }) => {
    const { hub, stopping, clusters } = runtime
    const topics = parseTopics(new URL(request.url).searchParams.getAll('topic'), name => clusters.has(name))
    if (!topics.ok) return topics
    return eventStream({ hub, stopping, topics: topics.value, signal: request.signal })
  }),
})
