import { createHash } from 'node:crypto'

/** One image: a static program that is all there is in it. */
type Image = { name: string; program: Buffer; environment: Record<string, string> }

type Entry = { name: string; data: Buffer; mode: number; isFolder?: boolean }

const BLOCK = 512
const EMPTY = Buffer.alloc(0)
const MEDIA = 'application/vnd.oci.image'

const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex')
const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`

/** One header and its data. Source: POSIX ustar interchange format. */
function tarEntry({ name, data, mode, isFolder = false }: Entry): Buffer {
  const header = Buffer.alloc(BLOCK)
  const fields: [number, string][] = [
    [0, name],
    [100, octal(mode, 8)],
    [108, octal(0, 8)],
    [116, octal(0, 8)],
    [124, octal(data.length, 12)],
    [136, octal(0, 12)],
    [148, ' '.repeat(8)],
    [156, isFolder ? '5' : '0'],
    [257, 'ustar\x0000'],
  ]
  for (const [at, text] of fields) header.write(text, at, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return Buffer.concat([header, data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK)])
}

const tar = (entries: readonly Entry[]): Buffer =>
  Buffer.concat([...entries.map(tarEntry), Buffer.alloc(2 * BLOCK)])
const file = (name: string, data: Buffer, mode = 0o644): Entry => ({ name, data, mode })
const folder = (name: string, mode: number): Entry => ({ name, data: EMPTY, mode, isFolder: true })
const json = (value: object): Buffer => Buffer.from(JSON.stringify(value))

function blobsOf({ name, program, environment }: Image) {
  const passwd = Buffer.from('root:x:0:0:root:/:/sbin/nologin\n')
  const layer = tar([
    folder('etc/', 0o755),
    file('etc/passwd', passwd),
    folder('tmp/', 0o1777),
    file('app', program, 0o755),
  ])
  const config = json({
    architecture: 'amd64',
    os: 'linux',
    config: {
      Entrypoint: ['/app'],
      Env: ['PATH=/', ...Object.entries(environment).map(([key, value]) => `${key}=${value}`)],
    },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
  })
  const descriptorOf = (media: string, data: Buffer) => ({
    mediaType: `${MEDIA}.${media}`,
    digest: `sha256:${sha256(data)}`,
    size: data.length,
  })
  const manifest = json({
    schemaVersion: 2,
    mediaType: `${MEDIA}.manifest.v1+json`,
    config: descriptorOf('config.v1+json', config),
    layers: [descriptorOf('layer.v1.tar', layer)],
  })
  const index = {
    ...descriptorOf('manifest.v1+json', manifest),
    platform: { architecture: 'amd64', os: 'linux' },
    annotations: { 'io.containerd.image.name': name },
  }
  return { index, blobs: [layer, config, manifest] }
}

/**
 * An archive of images that containerd imports, made without registry or container engine.
 * Source: OCI image layout 1.0.0; containerd's annotation for the name.
 */
export function imageArchive(images: readonly Image[]): Buffer {
  const made = images.map(blobsOf)
  const blobs = new Map(made.flatMap(each => each.blobs).map(data => [sha256(data), data]))
  return tar([
    file('oci-layout', json({ imageLayoutVersion: '1.0.0' })),
    file('index.json', json({ schemaVersion: 2, manifests: made.map(each => each.index) })),
    ...[...blobs].map(([digest, data]) => file(`blobs/sha256/${digest}`, data)),
  ])
}
