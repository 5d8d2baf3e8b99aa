import { Glyph } from '@/components/ui/glyph'
import type { Piece, Rich } from '@/lib/language/rich'

/** A name that a line of a phone holds whole, glyph and all. */
const SHORT = 20

function Part({ piece }: { piece: Piece }) {
  if (typeof piece === 'string') return piece
  if (piece.as === 'code') return <code>{piece.text}</code>
  if (piece.as === 'strong') return <strong>{piece.text}</strong>
  if (piece.as === 'bad' || piece.as === 'warn')
    return <span className={piece.as === 'bad' ? 'text-bad' : 'text-warn'}>{piece.text}</span>
  return (
    <strong className={piece.text.length > SHORT ? 'md:whitespace-nowrap' : 'whitespace-nowrap'}>
      <Glyph kind={piece.as} /> {piece.text}
    </strong>
  )
}

/** A sentence of the catalogue with its names, stresses and version glyphs. */
export function RichText({ of }: { of: Rich }) {
  return of.map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a sentence's parts have no identity but their place
    <Part key={index} piece={piece} />
  ))
}
