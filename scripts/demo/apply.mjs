import { readFileSync } from 'node:fs'
import { request } from 'node:https'

const COLLECTIONS = {
  Deployment: '/apis/apps/v1/namespaces/default/deployments',
  Service: '/api/v1/namespaces/default/services',
  Ingress: '/apis/networking.k8s.io/v1/namespaces/default/ingresses',
}

/** Who the API server notes as having written it: whoever pastes the lines of the demo. */
const WRITER = 'kubectl-client-side-apply'

/** Creates one object of the release. Errors: rejects with what the API server says; what is there already stays. */
const create = ({ server, ca, token }, object) =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const url = `${server}${COLLECTIONS[object.kind]}?fieldManager=${WRITER}`
    const sent = request(url, { method: 'POST', ca, headers }, response => {
      let text = ''
      response.setEncoding('utf8').on('data', chunk => {
        text += chunk
      })
      response.on('end', () => {
        const { statusCode } = response
        if (statusCode < 300 || statusCode === 409) resolve()
        else reject(new Error(`The release could not be applied: ${text}`))
      })
    })
    sent.on('error', reject)
    sent.end(JSON.stringify(object))
  })

/** Reads who the administrator of the embedded cluster is out of its kubeconfig, which is JSON. */
function adminOf(kubeconfig) {
  const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8'))
  const [{ cluster }] = clusters
  const { user } = users.find(each => each.name === 'admin')
  const ca = Buffer.from(cluster['certificate-authority-data'], 'base64')
  return { server: cluster.server, ca, token: user.token }
}

/** Applies manifests as `kubectl apply` would on a cluster that has none of them. */
export async function apply(kubeconfig, manifests) {
  const admin = adminOf(kubeconfig)
  for (const each of manifests) await create(admin, each)
}
