/** A key on the keyboard; left out where there is none, on a phone. */
export function KeyCap({ children }: { children: string }) {
  return (
    <kbd className="rounded-sm border border-current px-1 font-sans text-[11px]/4 font-medium max-md:hidden">
      {children}
    </kbd>
  )
}
