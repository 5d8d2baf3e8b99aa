import type { Version } from '@/lib/domain/model/release'

/** The real name of a version: its Deployment, else its Service, else a dash. */
export const nameOf = ({ deployments, service }: Version): string =>
  deployments.map(deployment => deployment.name).join(' + ') || service || '–'

/** The image of a version, as repository and tag; both "" where nothing runs. */
export function imageOf({ deployments }: Version): { repository: string; tag: string } {
  const image = deployments[0]?.image ?? ''
  const name = image.slice(image.lastIndexOf('/') + 1)
  const cut = name.search(/[@:]/)
  if (cut < 0) return { repository: '', tag: image }
  const at = image.length - name.length + cut + 1
  return { repository: image.slice(0, at), tag: image.slice(at) }
}
