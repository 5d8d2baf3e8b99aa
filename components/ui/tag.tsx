/** A name as the cluster writes it, in a thin frame; cut short with the whole text on hover. */
export function Tag({ children }: { children: string }) {
  return (
    <span
      title={children}
      className="inline-block max-w-full truncate rounded-sm border border-line-strong px-[5px] align-bottom font-mono text-xs/[18px]"
    >
      {children}
    </span>
  )
}
