import type { Writer } from '../api/writer'
import { Deployments } from './deployment'
import { EndpointSlices } from './endpoint-slices'
import { Garbage } from './garbage'
import { Owners } from './owners'
import { Pods } from './pods'
import { Recorder } from './recorder'
import { ReplicaSets } from './replica-set'
import { Room } from './room'
import { StatefulSets } from './stateful-set'

/** Everything that acts on the cluster by itself. */
export type Controllers = { room: Room; stop(): Promise<void> }

/** Starts the controllers and the node; to be called before the first object is made. */
export function startControllers(writer: Writer): Controllers {
  const cluster = { writer, owners: new Owners(writer.store), recorder: new Recorder(writer) }
  const room = new Room()
  const pods = new Pods(cluster, room)
  const loops = [
    new Deployments(cluster),
    new ReplicaSets(cluster),
    new StatefulSets(cluster),
    new EndpointSlices(cluster, pods),
    new Garbage(cluster),
  ]
  return {
    room,
    async stop() {
      for (const loop of loops) loop.stop()
      await pods.stop()
    },
  }
}
