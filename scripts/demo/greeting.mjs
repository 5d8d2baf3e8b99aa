import { tsImport } from 'tsx/esm/api'

/** What the demo tells a person: where to look, and three things to try. */
export async function greeting({ url, gatewayUrl, kubeconfig, released }) {
  const { releaseManifests } = await tsImport('../../sandbox/world/reference.ts', import.meta.url)
  const { yamlOf } = await tsImport('../../sandbox/world/yaml.ts', import.meta.url)
  const page = `${url}/releases/sandbox/default/user-canary`
  const begin = released
    ? [`1. Open ${page} and move the weight of user-v2; the dots show what users really get.`]
    : [
        '1. Start a release of /user: paste this into another terminal and watch it appear on the board.',
        '',
        `export KUBECONFIG=${kubeconfig}`,
        "kubectl apply -f - <<'EOF'",
        `${yamlOf(releaseManifests())}EOF`,
        '',
        `   No kubectl? Run \`npm run demo -- --release\` instead. Then open ${page}`,
        '   and move the weight of user-v2; the dots show what users really get.',
      ]
  return [
    '',
    `Halftone is at ${url}`,
    `The embedded cluster: KUBECONFIG=${kubeconfig}, gateway ${gatewayUrl}`,
    '',
    'Three things to try',
    '',
    ...begin,
    '',
    '2. Let testers in: set the cookie rule vip_user on the release page, then ask as one of them:',
    `   curl ${gatewayUrl}/user -H 'Cookie: vip_user=always'`,
    '',
    '3. Roll back in one click, and see it proven:',
    `   for i in $(seq 20); do curl -s ${gatewayUrl}/user; echo; done | sort | uniq -c`,
    '',
    'Ctrl-C ends everything and leaves nothing behind.',
  ].join('\n')
}
