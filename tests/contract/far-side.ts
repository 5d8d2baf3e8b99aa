/** An API server that the contract is held against, and the one thing that each does in its own way. */
export type FarSide = {
  apiUrl: string
  /** PEM of what vouches for `apiUrl`. */
  ca: string
  tokens: { admin: string; halftone: string }
  /** Makes every resourceVersion and continue token so far too old; resolves when the server answers again. */
  expire(): Promise<void>
  close(): Promise<void>
}
