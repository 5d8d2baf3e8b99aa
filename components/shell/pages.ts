/** The pages that the top bar and the shortcut `g` lead to: `key` is the second key, and the name of its texts. */
export const PAGES = [
  { href: '/', name: 'board', key: 'b' },
  { href: '/status', name: 'status', key: 's' },
] as const
