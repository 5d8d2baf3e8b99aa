import type { FindingWords } from '@/lib/language/zh/finding/words'

/** 发布周围的事：谁在维护对象，遗留了什么，控制器如何看待其余内容。 */
export const upkeepWords = {
  L28: {
    title: '控制器忽略灰度 Ingress 上的 {keys}',
    why: '这些设置由普通 Ingress 决定。写在灰度 Ingress 上不生效；若值不被控制器接受，还可能使整个灰度 Ingress 被丢弃。',
    fix: '删除它们；对两个版本都有效的设置应写在普通 Ingress 上。',
  },
  L37: {
    title: '{manager} 在维护这个 Ingress',
    why: '它自己写这个 Ingress；无论别人写了什么，它都会改回自己的值。',
    fix: '在 {manager} 的来源处操作这次发布。',
  },
  L38: {
    title: '{canary} 已待命 {days} 天',
    why: '待命的灰度 Ingress 排在该路由的下一个灰度 Ingress 之前，而带有 Cookie “=always” 的请求仍能到达它。',
    fix: '继续发布，或删除灰度版的 Ingress、Service 和 Deployment。',
  },
  L39: {
    title: '{keys} 可能成为整个主机的设置',
    why: '普通 Ingress 没有这些设置时，控制器会把灰度 Ingress 的 auth-tls 与 proxy-ssl 设置用于该主机的全部内容。',
    fix: '从灰度 Ingress 中删除，或有意写在普通 Ingress 上。',
  },
  L47: {
    title: 'nginx 拒绝配置：{target} 出现了两次',
    why: '{ingresses} 的普通路径在 nginx 中成为同一个 location。控制器保留上一份可用的配置，所以任何发布的改动都不生效，回滚也不例外。',
    fix: '只保留其中一条路径：作为 Prefix，/path 与 /path/ 相同。',
  },
  L49: {
    title: '稳定版与灰度版运行同一个镜像：{image}',
    why: '除非设置不同，已经没有可比较的内容。',
    fix: '删除灰度 Ingress 以结束发布，或设置想要的镜像。',
  },
} as const satisfies FindingWords
