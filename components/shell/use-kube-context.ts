import { useLiveValue } from '@/components/live'

/** What kubectl calls a cluster: the context behind the name that Halftone has for it. */
export const useKubeContext = (cluster: string): string =>
  useLiveValue(`cluster/${cluster}`)?.context ?? cluster
