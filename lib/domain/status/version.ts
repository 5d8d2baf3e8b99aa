/** A version as images and labels write it. `patch` is null for a tag that moves, such as v3.6. */
export type SoftwareVersion = { major: number; minor: number; patch: number | null; isPreview: boolean }

const SHAPE = /^(?:nginx-)?v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:-(alpha|beta|rc))?/

/** Reads `v1.12.0-beta.0`, `1.9.4-hardened2`, `nginx-1.9.4-hardened2`, `v3.6`; null for `latest` and the like. */
export function parseVersion(text: string): SoftwareVersion | null {
  const [, major, minor, patch, preview] = SHAPE.exec(text) ?? []
  if (major === undefined || minor === undefined) return null
  return {
    major: Number(major),
    minor: Number(minor),
    patch: patch === undefined ? null : Number(patch),
    isPreview: preview !== undefined,
  }
}

/** Is a version earlier than `major.minor.patch`? null where that cannot be told. */
export function isBefore(
  version: SoftwareVersion | null,
  [major, minor, patch]: readonly [number, number, number],
): boolean | null {
  if (version === null) return null
  if (version.major !== major) return version.major < major
  if (version.minor !== minor) return version.minor < minor
  if (version.patch === null) return patch === 0 ? false : null
  if (version.patch !== patch) return version.patch < patch
  return version.isPreview
}
