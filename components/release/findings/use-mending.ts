import { useEffect, useRef, useState } from 'react'
import { isShown } from '@/components/release/is-shown'
import { send, urlOf } from '@/lib/client'
import type { Mending } from '@/lib/contract'
import type { Finding, Release } from '@/lib/domain/model/release'
import type { Told } from '@/lib/language/problem'

/** `untold`: why it cannot be said how; `refusal`: why it was not written. */
type State = {
  mending?: Mending
  base?: string
  untold?: Told
  refusal?: Told
  writing?: boolean
  written?: string
}

/**
 * How a finding would be mended, asked for anew whenever the release changes, and mending it. What is written is what was
 * shown: a release that has changed since is refused. `off`: nothing is asked.
 */
export function useMending(
  finding: Finding,
  { release, off, onDone }: { release: Release; off: boolean; onDone: () => void },
) {
  const { id, where } = finding
  const { resourceVersion } = release
  const url = urlOf(release.id, 'fix')
  const [{ mending, base, untold, refusal, writing = false, written }, setState] = useState<State>({})

  useEffect(() => {
    if (off || writing) return
    let isCurrent = true
    const body = { finding: id, where, resourceVersion, dryRun: true }
    void send<Mending>('POST', url, body).then(reply => {
      if (!isCurrent) return
      setState(({ refusal: before }) => ({
        ...(before && { refusal: before }),
        ...(reply.ok ? { mending: reply.value, base: resourceVersion } : { untold: reply.problem }),
      }))
    })
    return () => {
      isCurrent = false
    }
  }, [off, writing, url, id, where, resourceVersion])

  // A mended finding goes away with the focus: the sentence that says what is true now gets it.
  const wrote = useRef(false)
  useEffect(
    () => () => {
      const isLost = document.activeElement === null || document.activeElement === document.body
      if (wrote.current && isLost) document.querySelector('h1')?.focus({ preventScroll: true })
    },
    [],
  )

  const apply = async () => {
    if (!mending || writing) return
    setState({ mending, writing: true })
    const reply = await send<Release>('POST', url, { finding: id, where, resourceVersion: base })
    wrote.current = reply.ok
    setState(
      reply.ok
        ? { mending, writing: true, written: reply.value.resourceVersion }
        : { mending, refusal: reply.problem, ...(base !== undefined && { base }) },
    )
  }
  const isWritten = written !== undefined && isShown(written, release)
  useEffect(() => {
    if (isWritten) onDone()
  }, [isWritten, onDone])

  return { mending, problem: refusal ?? untold, writing, apply: () => void apply() }
}
