import type { ReleaseId } from '@/lib/domain/model/release'

/** Address of a release's page. */
export const releaseHref = ({ cluster, namespace, name }: ReleaseId): string =>
  `/releases/${[cluster, namespace, name].map(encodeURIComponent).join('/')}`
