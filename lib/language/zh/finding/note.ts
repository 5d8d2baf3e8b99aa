import type { NoteId } from '@/lib/domain/start/notes'
import type { FindingWords } from '@/lib/language/zh/finding/words'

/** 新建灰度发布时才有的提示。 */
export const noteWords = {
  S01: {
    title: '不复制自动伸缩 {autoscaler}',
    why: '{deployment} 会随负载伸缩；{clone} 无论得到多大占比，都保持启动时的 {replicas} 个 Pod。',
    fix: '按全量上线之前打算给出的最大占比选择 Pod 数。',
  },
  S02: {
    title: '不复制中断预算 {budget}',
    why: '清空节点时，它保证 {deployment} 的 Pod 仍在运行；{clone} 的 Pod 则可能同时被移走。',
    fix: '如果这次发布会持续较久，请新建一个选择 {clone} 标签的中断预算。',
  },
  S03: {
    title: '{clone} 的容器都没有就绪探针',
    why: 'Pod 一启动就算就绪，所以请求会在它能应答之前到达。',
    fix: '请先给 {deployment} 加上 readinessProbe：复制出来的与它相同。',
  },
  S04: {
    title: '{clone} 的 Pod 会立即停止',
    why: '网关要晚几秒才知道 Pod 已经消失，所以每当有 Pod 结束就会有请求失败。',
    fix: '请先给 {deployment} 加上 10 秒的 preStop 等待：复制出来的与它相同。',
  },
  S05: {
    title: '两个版本会使用同一个卷 {claim}',
    why: '复制出来的 Pod 挂载同一个 PersistentVolumeClaim：可能一直等待该卷，也可能覆盖 {deployment} 存放的内容。',
    fix: '请确认两个版本可以同时使用 {claim}。',
  },
} as const satisfies Record<NoteId, FindingWords[string]>
