import { NGINX } from '@/sandbox/world/objects'

/** An Ingress with one host and one path. Annotation keys come without the prefix. */
export type Wish = {
  name: string
  host: string
  service: string
  path?: string
  annotations?: Readonly<Record<string, string>>
}

/** The one rule of a wish, as an Ingress writes it. */
export const ruleOf = ({ host, path = '/', service }: Pick<Wish, 'host' | 'path' | 'service'>) => ({
  host,
  http: {
    paths: [{ path, pathType: 'Prefix', backend: { service: { name: service, port: { number: 80 } } } }],
  },
})

/** Annotations as the controller reads them. */
export const prefixed = (annotations: Readonly<Record<string, string | null>>) =>
  Object.fromEntries(Object.entries(annotations).map(([key, value]) => [NGINX + key, value]))
