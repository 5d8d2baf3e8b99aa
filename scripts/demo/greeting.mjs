const begin = ({ page, start, released }) =>
  released
    ? `Move the weight of user-v2 on ${page}`
    : `Start a release of /user, with the image nginx:user-v2: ${start}`

/** Worlds of other stories have nothing of the reference story to try. */
const STORIES = ['default', 'board']

/** What the demo tells a person: where to look, and three things to try. */
export function greeting({ url, gatewayUrl, kubeconfig, world, released }) {
  const page = `${url}/releases/sandbox/default/user-canary`
  const start = `${url}/releases/new?cluster=sandbox&namespace=default&ingress=nginx-ingress&host=&path=/user&pathType=Prefix`
  const toTry = [
    '',
    'Three things to try:',
    `1. ${begin({ page, start, released })}`,
    '   and watch the dots show what users really get.',
    `2. Let testers in: set the cookie rule vip_user on ${page}`,
    '   and ask as one of them:',
    `   curl ${gatewayUrl}/user -H 'Cookie: vip_user=always'`,
    '3. Roll back in one click, and count for yourself:',
    `   for i in $(seq 20); do curl -s ${gatewayUrl}/user; echo; done | sort | uniq -c`,
  ]
  return [
    '',
    `Halftone is at ${url}`,
    `The embedded cluster: KUBECONFIG=${kubeconfig}, gateway ${gatewayUrl}`,
    ...(STORIES.includes(world) ? toTry : []),
    '',
    'Ctrl-C ends everything and leaves nothing behind.',
  ].join('\n')
}
