import type { ControllerFindingId } from '@/lib/domain/lint/controller-texts'
import type { FindingWords } from '@/lib/language/zh/finding/words'

/** 关于控制器自身的诊断。 */
export const controllerWords = {
  L15: {
    title: 'ingress-nginx {version} 会忽略 {releases} 的权重总数',
    why: '1.7.0 之前，canary-weight-total 只对默认后端有效；路径上的权重一律按 100 份计算。',
    fix: '把总数设为 100，或升级控制器。',
  },
  L35: {
    title: '无法得知 {configmap} 是否设置了 annotations-risk-level',
    why: '若级别为 Low，控制器会忽略所有带请求头或 Cookie 规则的 Ingress。Halftone 有意不读取 ConfigMap。',
    fix: '请用 kubectl 查看：不能是 Low。带规则的灰度发布的采样也能看出。',
  },
  L40: {
    title: '控制器的指标无法区分灰度版与稳定版',
    why: '指标已关闭，或版本早于 1.0.2，没有 canary 标签。Halftone 不需要这些指标；依赖它们的仪表盘和告警看不到灰度版。',
    fix: '以 --enable-metrics=true 启动 1.0.2 或更高版本的控制器。',
  },
  L42: {
    title: 'ingress-nginx 已退役：{image} 不再有修复',
    why: '该项目已于 2026 年 3 月归档，1.15.1 是最后一个版本。此后发现的问题不会再修复。',
    fix: '计划迁移到仍在维护的分支，或迁移到 Traefik 3.7 或 Higress：它们也读取灰度注解。',
  },
  L43: {
    title: 'Pod 网络中的任何人都可以接管 ingress-nginx {version}',
    why: 'CVE-2025-1974 等漏洞在 1.11.5 和 1.12.1 中修复。分支可能已在更低的版本号中修复，以其维护者的说明为准。',
    fix: '升级控制器；在此之前关闭它的准入 Webhook。',
  },
} as const satisfies Record<ControllerFindingId, FindingWords[string]>
