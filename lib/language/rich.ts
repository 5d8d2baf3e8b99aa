/** A stretch of a sentence: plain text, a name the cluster uses, a stressed word, or a version with its glyph. */
export type Piece = string | { as: 'code' | 'strong' | 'stable' | 'canary' | 'bad' | 'warn'; text: string }

/** A sentence whose parts are set differently; what users typed in it stays text. */
export type Rich = readonly Piece[]

export const code = (text: string): Piece => ({ as: 'code', text })
export const strong = (text: string): Piece => ({ as: 'strong', text })
export const stable = (text: string): Piece => ({ as: 'stable', text })
export const canary = (text: string): Piece => ({ as: 'canary', text })

/** Writes a sentence as a template: rich`The route is ${code(path)}.` */
export function rich(texts: TemplateStringsArray, ...pieces: readonly (Piece | Rich | number)[]): Rich {
  return texts.flatMap((text, index) => {
    const piece = pieces[index]
    const tail = piece === undefined ? [] : typeof piece === 'number' ? [String(piece)] : [piece].flat()
    return text === '' ? tail : [text, ...tail]
  })
}

/** The same sentence without any setting, for names that screen readers speak and for tests. */
export const plain = (sentence: Rich): string =>
  sentence.map(piece => (typeof piece === 'string' ? piece : piece.text)).join('')
