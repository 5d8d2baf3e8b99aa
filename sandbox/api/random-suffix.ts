import { randomInt } from 'node:crypto'

/** Letters that cannot make up words. Source: Kubernetes, apimachinery/pkg/util/rand. */
export const SAFE_LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

/** Five letters at random, as generated names end with. */
export const randomSuffix = (): string =>
  Array.from({ length: 5 }, () => SAFE_LETTERS[randomInt(SAFE_LETTERS.length)]).join('')
