import { tsImport } from 'tsx/esm/api'

/** The three objects that start the release of /user. */
export async function releaseManifests() {
  const reference = await tsImport('../../sandbox/world/reference.ts', import.meta.url)
  return reference.releaseManifests()
}
