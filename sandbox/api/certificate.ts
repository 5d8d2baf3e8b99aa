import { generate } from 'selfsigned'

/** A certificate for 127.0.0.1 that vouches for itself, and its key, both as PEM. */
export type Certificate = { cert: string; key: string }

/** Makes the sandbox's certificate: nothing outside this process ever holds the key. */
export async function newCertificate(): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'halftone-sandbox' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  })
  return { cert: made.cert, key: made.private }
}
