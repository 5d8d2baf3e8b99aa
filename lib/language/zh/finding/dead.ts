import type { FindingWords } from '@/lib/language/zh/finding/words'

/** 灰度 Ingress 或它的一条路径为何不生效。 */
export const deadWords = {
  L01: {
    title: '没有普通 Ingress 以 {pathType} 提供 {target}',
    why: '控制器只在 host、path、pathType 完全相同时把灰度路径与普通路径配对。只要有一条路径没有配对，它的 Service 就会退出所有灰度路径。没有 path 的规则表示 “/”，而不是所有路径。',
    fix: '从普通 Ingress 原样复制 host、path 和 pathType。',
  },
  L02: {
    title: '{target} 在这里是 {pathType}，在 {ingress} 中是 {partnerType}',
    why: '对控制器来说 Exact 与 Prefix 是两条不同的路径，所以它没有配对，也不生效。',
    fix: '把 pathType 改为 {partnerType}，与 {ingress} 相同。',
  },
  L03: {
    title: '灰度 Ingress 不应有默认后端',
    why: '灰度 Ingress 的 spec.defaultBackend 不看路径：它会加入所有没有 host 的路径，重建后端并丢掉规则，即使权重为 0 也可能从普通 Ingress 手中夺走 Service。',
    fix: '删除 spec.defaultBackend，改为复制普通 Ingress 的路径。',
  },
  L04: {
    title: '灰度版与稳定版是同一个 Service：{service}',
    why: '已经提供普通路径的 Service 和端口不能同时作为灰度版：不会分流；若灰度 Ingress 更早创建，该路径会消失。',
    fix: '为灰度版建独立的 Service，只选择它自己的 Pod。',
  },
  L05: {
    title: 'Service {service} 也被普通 Ingress 使用',
    why: '控制器对一个 Service 和端口只认一种角色，由更早的 Ingress 决定：它的规则生效，另一个没有规则或失去路径。',
    fix: '为灰度版使用其他 Ingress 都不用的 Service。',
  },
  L07: {
    title: '更早的灰度 Ingress {other} 已作用于 {target}',
    why: '控制器对一个 Service 只看最早的灰度 Ingress；这一个永远不会被询问。',
    fix: '先完成或删除 {other}。',
  },
  L08: {
    title: 'Service {service} 也是 {other} 的灰度版',
    why: '共用一个 Service 的两个灰度 Ingress 共用更早那个的规则；写在这里的规则不生效。',
    fix: '为每个灰度 Ingress 使用独立的 Service。',
  },
  L10: {
    title: '控制器不把 {canary} 当作灰度 Ingress',
    why: '注解 canary 必须是 true（或 1、t、T、TRUE、True），且不含空格。其他值，或没有它的灰度规则，都会成为普通 Ingress，可能接管其路径的全部流量。',
    fix: '把 nginx.ingress.kubernetes.io/canary 设为 "true"，或删除灰度注解。',
  },
  L33: {
    title: '{canary} 的 class 是 {className}，此控制器不处理',
    why: '灰度 Ingress 与普通 Ingress 只在同一个控制器中相遇，所以 class 必须相同。',
    fix: '让灰度 Ingress 使用普通 Ingress 的 class。',
  },
  L34: {
    title: '{canary} 的一条规则有 host 但没有 http',
    why: '这样的灰度 Ingress 会使控制器在生成配置时崩溃。',
    fix: '把普通 Ingress 的路径加到该规则，或删除该规则。',
  },
  L36: {
    title: '主机 {host} 与通配主机 {partnerHost} 不会配对',
    why: '控制器按文本比较主机：通配主机与它所覆盖的主机是两个主机。',
    fix: '从普通 Ingress 原样复制 host。',
  },
  L44: {
    title: '{canary} 没有任何路径',
    why: '没有指向 Service 的路径，灰度 Ingress 不会与任何东西配对。',
    fix: '从普通 Ingress 原样复制 host、path 和 pathType。',
  },
  L45: {
    title: '{target} 指向资源，而不是 Service',
    why: '控制器会跳过后端为资源的路径。',
    fix: '把灰度版的 Service 写为后端。',
  },
  L46: {
    title: '{target} 因 {other} 中的 {cause} 而失效',
    why: '只要有一条路径没有配对，或写了默认后端，控制器就会把该 Service 从所有灰度路径中移除，匹配的路径也不例外。',
    fix: '更正或删除 {other} 中的 {cause}。',
  },
} as const satisfies FindingWords
