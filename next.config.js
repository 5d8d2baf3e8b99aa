/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  poweredByHeader: false,
  images: { unoptimized: true },
  reactStrictMode: true,
  devIndicators: false,
}

export default config
