import { boardWorld } from './board'
import type { Manifest } from './objects'
import { referenceWorld } from './reference'
import { scaleWorld } from './scale'

/** The worlds the sandbox can begin with. */
export type WorldName = 'default' | 'board' | 'scale' | 'empty'

/**
 * Everything a world begins with, in the order in which it must be created.
 * Units: `pods` counts the pods without sockets of the scale world.
 */
export function worldOf(name: WorldName, { pods = 1000 }: { pods?: number } = {}): Manifest[] {
  if (name === 'board') return [...referenceWorld(), ...boardWorld()]
  if (name === 'scale') return scaleWorld(pods)
  return name === 'default' ? referenceWorld() : []
}
