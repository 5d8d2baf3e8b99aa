import type { Fields } from './object'
export const openApi = (_pathname: string): Fields | undefined => undefined
