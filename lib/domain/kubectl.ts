import type { AnnotationPatch } from '@/lib/domain/patch'

/** An object as kubectl is told of it. `context` is the kubeconfig's own name, not what Halftone calls the cluster. */
export type KubectlTarget = { context: string; namespace: string; name: string }

/** A text as one word of a POSIX shell, whatever it holds. Limits: a shell cannot pass NUL. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9_@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** The kubectl command that makes the same write as this patch: *copy as kubectl*. */
export function annotateCommand(
  { context, namespace, name }: KubectlTarget,
  { metadata }: AnnotationPatch,
): string {
  const changes = Object.entries(metadata.annotations).map(([key, value]) =>
    value === null ? shellWord(`${key}-`) : `${shellWord(key)}=${shellWord(value)}`,
  )
  const target = ['--context', context, '-n', namespace, 'annotate', 'ingress', name].map(shellWord)
  return ['kubectl', ...target, '--overwrite', ...changes].join(' ')
}

/** The kubectl command that shows what a crashed container of this pod last said. */
export const previousLogsCommand = ({ context, namespace, name }: KubectlTarget): string =>
  ['kubectl', '--context', context, '-n', namespace, 'logs', '--previous', name].map(shellWord).join(' ')

const SEPARATOR = '---\n'

/** Several objects as one file that kubectl reads. */
export const manifestFile = (yamls: readonly string[]): string =>
  yamls.map(yaml => (yaml.endsWith('\n') ? yaml : `${yaml}\n`)).join(SEPARATOR)

/**
 * The kubectl command that creates these objects, as a here-document: nothing in it is expanded by the shell, and what
 * exists already is never overwritten. Source: POSIX shell, 2.7.4: a quoted delimiter; here one that is no line of the text.
 */
export function createCommand(context: string, yamls: readonly string[]): string {
  const text = manifestFile(yamls)
  const lines = new Set(text.split('\n'))
  let end = 'EOF'
  while (lines.has(end)) end = `${end}_`
  return `kubectl --context ${shellWord(context)} create -f - <<'${end}'\n${text}${end}\n`
}
