import { Bone } from '@/components/ui/bone'

const ROWS = [70, 55, 64, 48, 60]

/** The board before its first picture: bones at the rows' final size. */
export function Bones() {
  return (
    <div className="border-b border-line" aria-hidden="true">
      {ROWS.map(width => (
        <div
          key={width}
          className="grid h-[67px] grid-cols-[2fr_175px] gap-x-6 border-t border-line py-3 md:grid-cols-[2fr_175px_2fr]"
        >
          <div className="grid content-start gap-2">
            <span style={{ width: `${width}%` }} className="grid">
              <Bone className="h-4" />
            </span>
            <Bone className="h-3 w-2/5" />
          </div>
          <Bone className="h-7 w-full" />
          <Bone className="mt-1 h-3 w-3/5 max-md:hidden" />
        </div>
      ))}
    </div>
  )
}
