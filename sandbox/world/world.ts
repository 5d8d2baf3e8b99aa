import { boardWorld } from './board'
import { clonesWorld } from './clones'
import { daysAgo, type Manifest } from './objects'
import { referenceWorld, releaseManifests, wideWorld } from './reference'
import { scaleWorld } from './scale'

const BOARD_DAYS = 9

/** The worlds the sandbox can begin with. */
export const WORLDS = ['default', 'board', 'scale', 'wide', 'clones', 'empty'] as const
export type WorldName = (typeof WORLDS)[number]

/**
 * Everything a world begins with, in the order in which it must be created.
 * Units: `pods` counts the pods without sockets of the scale world.
 */
export function worldOf(name: WorldName, { pods = 1000 }: { pods?: number } = {}): Manifest[] {
  if (name === 'board')
    return [...referenceWorld(), ...releaseManifests(daysAgo(BOARD_DAYS)), ...boardWorld()]
  if (name === 'scale') return scaleWorld(pods)
  if (name === 'wide') return wideWorld()
  if (name === 'clones') return [...referenceWorld(), ...clonesWorld()]
  return name === 'default' ? referenceWorld() : []
}
