import 'server-only'

type Place = { act: (() => void) | null }

/**
 * Lets answers count in the order their probes were sent, whenever they come.
 * Counted as they come, those of a version that hangs would be missing from every picture until they time out.
 */
export class InOrder {
  #places: Place[] = []

  /** Takes the next place; what it is later called with happens once everything before it has happened. */
  place(): (act: () => void) => void {
    const place: Place = { act: null }
    this.#places.push(place)
    return act => {
      place.act = act
      this.#drain()
    }
  }

  /** Whatever is still to come does not count. */
  clear(): void {
    this.#places = []
  }

  #drain(): void {
    for (let first = this.#places[0]; first?.act; first = this.#places[0]) {
      this.#places.shift()
      first.act()
    }
  }
}
