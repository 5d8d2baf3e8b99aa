import 'server-only'
import { basename, delimiter } from 'node:path'

/** Variables that name files: a folder may say who somebody is. */
const FILES: ReadonlySet<string> = new Set(['KUBECONFIG', 'HALFTONE_GATEWAY_CA'])
const SECRET = /SECRET|TOKEN|PASSWORD|CREDENTIAL|(^|_)KEY(_|$)/

/** scheme://, who, where, what follows ? or #; entries of a list are separated by commas. */
const ADDRESS = /([a-z][a-z0-9+.-]*:\/\/)(?:[^/\s,]*@)?([^\s,?#]*)(?:[?#][^\s,]*)?/gi

/**
 * What anybody may see of a variable's value: files without their folders, addresses without user, password and query, and
 * nothing of what is called a secret.
 */
export function redacted(name: string, value: string): string {
  if (value === '') return ''
  if (SECRET.test(name)) return '(set)'
  if (FILES.has(name))
    return value
      .split(delimiter)
      .map(each => basename(each))
      .join(delimiter)
  return value.replace(ADDRESS, '$1$2')
}
