import type { FindingWords } from '@/lib/language/zh/finding/words'

/** 除权重与规则之外，灰度 Ingress 还会带来什么。 */
export const reachWords = {
  L06: {
    title: '灰度版同时作用于 {targets}',
    why: '灰度版挂在 Service {service} 上，而不是挂在路径上：凡由该 Service 提供的路径都会一起分流。',
    fix: '为要发布的路径建一个选择器相同的独立 Service，或把其他路径也写进灰度 Ingress。',
  },
  L09: {
    title: '{canary} 比 {ingress} 更早创建',
    why: '一个 Service 的角色由更早的 Ingress 决定：让 {ingress} 指向灰度版的 Service 会使该路径中断，把 canary 设为 false 会把所有请求送到那里。',
    fix: '全量上线时，先让稳定版的 Deployment 更新到新镜像，再删除灰度 Ingress；或先重新创建灰度 Ingress。',
  },
  L24: {
    title: '{ingress} 用 Cookie {cookie} 固定用户',
    why: '被固定的用户停留在原来的版本，不看规则和权重；仅把权重设为 0，不会把任何人从灰度版带回来。',
    fix: '回滚会放开他们；每次发布都使用从未用过的 Service 名。',
  },
  L25: {
    title: '被 {ingress} 固定的用户停留在稳定版',
    why: 'affinity-canary-behavior 为 legacy 时，灰度版不固定任何人；但持有 Cookie {cookie} 的用户永远不会去灰度版，不看规则和权重。',
    fix: '只指望新用户；或删除 legacy，但之前固定在灰度版的用户会立刻回到灰度版。',
  },
  L26: {
    title: 'Service {service} 没有就绪的端点：它的路由都返回 503',
    why: '控制器先看稳定版：那里没有端点，就没有任何请求得到应答，本应去灰度版的也不例外。',
    fix: '让 {service} 的 Pod 恢复；灰度版不能代替它。',
  },
  L27: {
    title: 'Service {service} 没有就绪的端点：由稳定版代为应答',
    why: '灰度版没有端点时，控制器会悄悄退回稳定版，不看规则和权重。',
    fix: '让灰度版的 Pod 就绪，或使发布待命。',
  },
  L29: {
    title: '{ingress} 会替换错误页，但对灰度版并不可靠',
    why: 'custom-http-errors 与 default-backend 一起使用时，灰度请求的错误不会像稳定版那样被拦截。',
    fix: '提高权重之前，用带标记的请求看一看错误页。',
  },
  L30: {
    title: '改动可能要等 nginx 重新加载才生效：{ingress} 按子集哈希',
    why: '使用 upstream-hash-by-subset 时，nginx 只在建立后端时读取灰度规则，所以新的权重、新的规则和回滚都可能延迟。',
    fix: '发布期间删除 upstream-hash-by-subset。',
  },
  L31: {
    title: '{ingress} 的 {key} 对灰度版无效',
    why: '灰度版不继承请求在 Pod 之间的分配方式：{written} 只对稳定版有效。',
    fix: '如果灰度版的 Pod 需要，就在灰度 Ingress 上也写 {key}。',
  },
  L32: {
    title: '灰度版在命名空间 {namespace}，它的路由在 {partnerNamespace}',
    why: 'ingress-nginx 会把它们配对，Traefik 以及迁移到 Gateway API 时不会；而且能在一个命名空间写 Ingress 的人，可以取走另一个命名空间的流量。',
    fix: '把灰度 Ingress 和它的 Service 建在 {partnerNamespace}。',
  },
  L41: {
    title: '{key} 不能让用户停留在一个版本',
    why: '它最多只在一个版本的 Pod 之间选择。由哪个版本应答，每个请求都重新抽取，所以同一个用户会看到两个版本。',
    fix: '用户必须停留在一个版本时，使用 Cookie 规则，或在普通 Ingress 上使用 Cookie 会话保持。',
  },
  L48: {
    title: 'Service {service} 比它的灰度 Ingress 更早创建',
    why: '它可能服务过以前的灰度版：当时被 {ingress} 固定的用户会立刻来到这一个，即使它还在待命。',
    fix: '使用从未用过的 Service 名，或让 affinity-canary-behavior 保持 legacy。',
  },
} as const satisfies FindingWords
