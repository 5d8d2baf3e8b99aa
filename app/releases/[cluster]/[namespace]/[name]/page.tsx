import { ReleasePage } from '@/components/release/release-page'
import type { ReleaseId } from '@/lib/domain/model/release'

export default async function Page({ params }: { params: Promise<ReleaseId> }) {
  const { cluster, namespace, name } = await params
  return <ReleasePage id={{ cluster, namespace, name }} />
}
