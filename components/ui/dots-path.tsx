import { type Dot, dotPaths } from '@/components/ui/dots'

/** Draws dots inside an `svg`: one `path` per kind. */
export function DotsPath({ dots, pitch }: { dots: readonly Dot[]; pitch: number }) {
  return dotPaths(dots, pitch).map((path, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the order of kinds is fixed, and one kind may be drawn twice
    <path key={index} className={path.className} d={path.d} strokeWidth={path.stroke} />
  ))
}
