/** Nothing of ours is framed, sniffed, or told to other sites. Pages get their policy, with a nonce, from proxy.ts. */
const everywhere = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'referrer-policy', value: 'no-referrer' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
  { key: 'x-frame-options', value: 'DENY' },
]
const noPage = [{ key: 'content-security-policy', value: "default-src 'none'; frame-ancestors 'none'" }]

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  poweredByHeader: false,
  images: { unoptimized: true },
  reactStrictMode: true,
  devIndicators: false,
  // `npm test` has a step of its own for types; it sees the tests and programs too.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    { source: '/api/:path*', headers: noPage },
    { source: '/_next/static/:path*', headers: noPage },
  ],
}

export default config
