import { type Change, proven, type Scene, type Timed } from '@/tests/cluster/timing/change'
import { COOKIE } from '@/tests/cluster/timing/release'

/** Everybody to the canary, or nobody. */
export const weightChange = ({ screen }: Scene, weight: 0 | 100): Change => ({
  write: () => screen.setWeight(weight),
  asker: 'everyone',
  who: weight === 100 ? 'user-v2' : 'user-v1',
  isShown: saying => saying.weight === weight,
})

/** Testers to the canary, or like everybody, who get stable. */
const ruleChange = ({ screen }: Scene, isOn: boolean): Change => ({
  write: () => screen.setCookie(isOn ? COOKIE : null),
  asker: 'cookie',
  who: isOn ? 'user-v2' : 'user-v1',
  isShown: saying => saying.cookie === (isOn ? COOKIE : null),
})

/** Weights of a swing that ends where it began: an even number of them. */
export const swing = (changes: number): (0 | 100)[] =>
  Array.from({ length: changes + (changes % 2) }, (_, n) => (n % 2 === 0 ? 100 : 0))

/** All to the canary and back, each proven before the next, and after what `before` waits for. */
export async function swung(
  scene: Scene,
  changes: number,
  before?: () => Promise<unknown>,
): Promise<Timed[]> {
  const timed: Timed[] = []
  for (const weight of swing(changes)) {
    await before?.()
    timed.push(await proven(scene, weightChange(scene, weight)))
  }
  return timed
}

/** A rule on and off, each proven before the next. */
export async function ruled(scene: Scene, changes: number): Promise<Timed[]> {
  const timed: Timed[] = []
  for (const weight of swing(changes)) timed.push(await proven(scene, ruleChange(scene, weight === 100)))
  return timed
}
