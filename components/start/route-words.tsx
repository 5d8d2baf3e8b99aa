import { useLanguage } from '@/components/shell/language-context'
import type { RouteAddress } from '@/components/start/start-address'

/** A chosen route in one line: where requests come in, and the Service behind it where it is known. */
export function RouteWords({
  route,
  cluster,
  service,
}: {
  route: RouteAddress
  cluster: string
  service: string | undefined
}) {
  const { say, format } = useLanguage()
  const { host, path, pathType, namespace, ingress } = route
  const facts = [host || say.shared.anyHost, ...(pathType ? [pathType] : [])]
  return (
    <>
      <span className="font-mono">{path || '/'}</span>{' '}
      <span className="text-ink-soft">
        {format.comma(facts)} · {cluster} / {namespace} / {ingress}
        {service && ` → ${service}`}
      </span>
    </>
  )
}
