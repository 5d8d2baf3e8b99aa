import { generate } from 'selfsigned'

/** A certificate like the controller's own stand-in, for hosts whose secret the sandbox does not have. */
export async function standInCertificate(): Promise<{ key: string; cert: string }> {
  const name = [{ name: 'commonName', value: 'Kubernetes Ingress Controller Fake Certificate' }]
  const { private: key, cert } = await generate(name, {
    keyType: 'ec',
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'ingress.local' },
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  return { key, cert }
}
