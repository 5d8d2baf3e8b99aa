import { releaseYaml } from './release.mjs'

const begin = (page, released) =>
  released
    ? `Move the weight of user-v2 on ${page}`
    : `Start a release of /user: paste the lines below into another terminal, then open ${page}`

const manifests = async kubeconfig => [
  '',
  `export KUBECONFIG=${kubeconfig}`,
  "kubectl apply -f - <<'EOF'",
  `${await releaseYaml()}EOF`,
  '',
  'No kubectl? `npm run demo -- --release` applies the same.',
]

/** What the demo tells a person: where to look, and three things to try. */
export async function greeting({ url, gatewayUrl, kubeconfig, released }) {
  const page = `${url}/releases/sandbox/default/user-canary`
  return [
    '',
    `Halftone is at ${url}`,
    `The embedded cluster: KUBECONFIG=${kubeconfig}, gateway ${gatewayUrl}`,
    '',
    'Three things to try:',
    `1. ${begin(page, released)}`,
    '   and watch the dots show what users really get.',
    '2. Let testers in: set the cookie rule vip_user there, and ask as one of them:',
    `   curl ${gatewayUrl}/user -H 'Cookie: vip_user=always'`,
    '3. Roll back in one click, and count for yourself:',
    `   for i in $(seq 20); do curl -s ${gatewayUrl}/user; echo; done | sort | uniq -c`,
    ...(released ? [] : await manifests(kubeconfig)),
    '',
    'Ctrl-C ends everything and leaves nothing behind.',
  ].join('\n')
}
