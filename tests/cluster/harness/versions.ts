/** Kubernetes, as its Go module names it. */
export const KUBERNETES = '1.34.4'

/** The one version of ingress-nginx that its Go module is served in: between 1.11.0 and 1.11.2. */
export const INGRESS_NGINX = 'v1.11.1-module'

/** Go that both modules ask for at least. */
export const GO = [1, 24] as const

/** Debian's packages that the node is made of. */
export const PACKAGES = [
  'etcd-server',
  'containerd',
  'runc',
  'containernetworking-plugins',
  'iptables',
  'conntrack',
  'iproute2',
  'nginx',
  'libnginx-mod-http-lua',
  'libnginx-mod-http-ndk',
  'libnginx-mod-http-headers-more-filter',
  'lua-resty-core',
  'lua-resty-lrucache',
  'lua-cjson',
  'openssl',
]

/** What the pods answer; each is an image `nginx:<tag>` that is on the node. */
export const TAGS = ['user-v1', 'user-v2', 'user-v3', 'pay-v1', 'pay-v2']
