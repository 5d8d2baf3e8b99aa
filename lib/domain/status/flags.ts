import type { ControllerFlags } from '@/lib/domain/model/status'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'

/** Start of the names of Traefik's provider for the annotations of ingress-nginx. */
export const TRAEFIK_NGINX = 'providers.kubernetesingressnginx'

/** Arguments that are kept; others could hold what nobody else should see. */
const KEPT = new Set([
  'annotations-prefix',
  'configmap',
  'controller-class',
  'enable-annotation-validation',
  'enable-metrics',
  'ingress-class',
  'ingress-class-by-name',
  'ingressclass',
  'providers.kubernetesingress',
  'sync-rate-limit',
  'watch-ingress-without-class',
  'watch-namespace',
  TRAEFIK_NGINX,
  `${TRAEFIK_NGINX}.controllerclass`,
  `${TRAEFIK_NGINX}.ingressclass`,
  `${TRAEFIK_NGINX}.ingressclassbyname`,
  `${TRAEFIK_NGINX}.watchingresswithoutclass`,
])

const LONGEST = 300

/**
 * The arguments of the container that runs `image` which change what a controller does; null where there is no such container.
 * `--name=value`, `--name value` and `--name` (true) are read, the last of equal names counts.
 *
 * Source: spf13/pflag, as ingress-nginx and Traefik use it. `$(POD_NAMESPACE)` is the pod's namespace by the manifests of ingress-nginx.
 */
export function flagsOf(pod: unknown, image: string): ControllerFlags | null {
  const containers = itemsOf(fieldsOf(fieldsOf(pod).spec).containers).map(fieldsOf)
  const container = containers.find(each => each.image === image)
  if (!container) return null
  const namespace = textOf(fieldsOf(fieldsOf(pod).metadata).namespace)
  const words = [...itemsOf(container.command), ...itemsOf(container.args)].map(textOf)
  const flags: Record<string, string> = {}
  words.forEach((word, at) => {
    const [, name = '', value] = /^--([^=\s]+)(?:=(.*))?$/s.exec(word) ?? []
    const key = name.toLowerCase()
    if (!KEPT.has(key)) return
    const next = words[at + 1] ?? ''
    const said = value ?? (next === '' || next.startsWith('-') ? 'true' : next)
    flags[key] = said.replaceAll('$(POD_NAMESPACE)', namespace).slice(0, LONGEST)
  })
  return flags
}

/** What a flag says as yes or no; `otherwise` where it is not given. Source: Go, strconv.ParseBool. */
export function isOn(flags: ControllerFlags | null, name: string, otherwise: boolean): boolean {
  const text = flags?.[name]
  return text === undefined ? otherwise : /^(1|t|true)$/i.test(text)
}
