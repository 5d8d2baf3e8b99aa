/** A place that will be filled: final size, no shimmer, visible only after 300 ms. */
export function Bone({ className }: { className: string }) {
  return <span aria-hidden="true" className={`late inline-block rounded-sm bg-sunk ${className}`} />
}
