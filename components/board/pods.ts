import type { Version } from '@/lib/domain/model/release'

/** How many pods a version has and how many of them are ready: of its Deployments, else of its Service's endpoints. */
export function podsOf({ deployments, endpoints }: Version): { ready: number; all: number } {
  if (deployments.length === 0) return { ready: endpoints.ready, all: endpoints.total }
  const sum = (pick: (each: Version['deployments'][number]) => number) =>
    deployments.reduce((total, each) => total + pick(each), 0)
  const all = sum(each => each.replicas)
  return {
    ready: Math.min(
      all,
      sum(each => each.ready),
    ),
    all,
  }
}

/** What a version is called: its Deployment, else its Service. */
export const versionName = ({ deployments, service }: Version): string => deployments[0]?.name ?? service
