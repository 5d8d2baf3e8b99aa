'use client'
import { type ReactNode, useEffect, useId, useRef } from 'react'

/** A modal dialog that states the exact effect before a risky act. Esc and *cancel* close it; focus returns where it was. */
export function Dialog({
  open,
  title,
  actions,
  onClose,
  children,
}: {
  open: boolean
  title: string
  actions: ReactNode
  onClose: () => void
  children: ReactNode
}) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    if (open && dialog && !dialog.open) dialog.showModal()
    if (!open && dialog?.open) dialog.close()
  }, [open])
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      onClose={onClose}
      className="m-auto w-[min(640px,calc(100%-2*var(--pad)))] rounded-lg border border-line-strong bg-sheet text-ink backdrop:bg-[light-dark(rgb(26_27_30/.34),rgb(0_0_0/.62))] max-md:m-0 max-md:h-dvh max-md:max-h-none max-md:w-full max-md:max-w-none max-md:rounded-none max-md:border-0 open:flex open:flex-col"
    >
      {open && (
        <>
          <h2 id={id} className="px-6 pt-4 pb-4 text-xl max-md:px-4">
            {title}
          </h2>
          <div className="grow overflow-auto border-t border-line px-6 py-5 max-md:px-4">{children}</div>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line px-6 py-4 max-md:px-4 max-md:*:grow">
            {actions}
          </div>
        </>
      )}
    </dialog>
  )
}
