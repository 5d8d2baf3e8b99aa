import { useState } from 'react'
import { send, urlOf } from '@/lib/client'
import type { Accepted, SetImage } from '@/lib/contract'
import type { Release } from '@/lib/domain/model/release'
import type { Told } from '@/lib/language/problem'

/** A fixed build as the hand wants it; `resourceVersion` is of when the hand began, so that a change meanwhile is seen. */
export type BuildDraft = {
  image: string
  container: string
  containers: readonly string[]
  resourceVersion: string
}

type State = { draft?: BuildDraft; problem?: Told; sending?: boolean; begun?: string }

/** Containers to choose from, as the server names them when there are several. */
const containersIn = ({ code, params = {} }: Told): string[] =>
  code === 'ambiguous-container' ? String(params.containers ?? '').split(', ') : []

/** Deploys another image into the same release: it parks first, and stays parked. */
export function useFixedBuild(release: Release) {
  const [{ draft, problem, sending = false, begun }, setState] = useState<State>({})
  const open = () =>
    setState({
      draft: {
        image: release.canary.deployments[0]?.image ?? '',
        container: '',
        containers: [],
        resourceVersion: release.resourceVersion,
      },
    })
  const change = (part: Partial<BuildDraft>) => draft && setState({ draft: { ...draft, ...part } })
  const deploy = async () => {
    if (!draft || sending) return
    setState({ draft, sending: true })
    const { image, container, resourceVersion } = draft
    const asked: SetImage = { image: image.trim(), resourceVersion, ...(container && { container }) }
    const reply = await send<Accepted>('PUT', urlOf(release.id, 'image'), asked)
    if (reply.ok) return setState({ begun: reply.value.operation })
    const told = reply.problem
    const [first = '', ...others] = containersIn(told)
    setState({
      // Somebody else's change has been told of; asking once more means it.
      draft: {
        ...draft,
        ...(told.code === 'stale-edit' && { resourceVersion: release.resourceVersion }),
        ...(first && { container: first, containers: [first, ...others] }),
      },
      problem: told,
    })
  }
  return {
    draft,
    problem,
    sending,
    begun,
    open,
    change,
    close: () => setState({}),
    deploy: () => void deploy(),
  }
}
