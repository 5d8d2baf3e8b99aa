import { tsImport } from 'tsx/esm/api'

/** The three objects that start the release of /user. */
export async function releaseManifests() {
  const reference = await tsImport('../../sandbox/world/reference.ts', import.meta.url)
  return reference.releaseManifests()
}

/** The same as YAML, for `kubectl apply -f -`. */
export async function releaseYaml() {
  const { yamlOf } = await tsImport('../../sandbox/world/yaml.ts', import.meta.url)
  return yamlOf(await releaseManifests())
}
