const A_YEAR = 365 * 24 * 60 * 60

/** Remembers a choice in a cookie, so that the server can render it the next time without a flash. */
export function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers we serve
  document.cookie = `${name}=${value}; path=/; max-age=${A_YEAR}; samesite=lax`
}
