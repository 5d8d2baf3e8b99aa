import { boardWorld } from './board'
import { daysAgo, type Manifest } from './objects'
import { referenceWorld, releaseManifests } from './reference'
import { scaleWorld } from './scale'

const BOARD_DAYS = 9

/** The worlds the sandbox can begin with. */
export type WorldName = 'default' | 'board' | 'scale' | 'empty'

/**
 * Everything a world begins with, in the order in which it must be created.
 * Units: `pods` counts the pods without sockets of the scale world.
 */
export function worldOf(name: WorldName, { pods = 1000 }: { pods?: number } = {}): Manifest[] {
  if (name === 'board')
    return [...referenceWorld(), ...releaseManifests(daysAgo(BOARD_DAYS)), ...boardWorld()]
  if (name === 'scale') return scaleWorld(pods)
  return name === 'default' ? referenceWorld() : []
}
