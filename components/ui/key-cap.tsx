/** A key on the keyboard; left out where there is none, on a phone, unless it is what one came to read. */
export function KeyCap({ always = false, children }: { always?: boolean; children: string }) {
  return (
    <kbd
      className={`rounded-sm border border-current px-1 font-sans text-[11px]/4 font-medium ${always ? '' : 'max-md:hidden'}`}
    >
      {children}
    </kbd>
  )
}
