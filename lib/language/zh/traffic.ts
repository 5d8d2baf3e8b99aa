import type { Catalogue } from '@/lib/language/catalogue'
import { fractionOf } from '@/lib/language/fraction'
import { canary, rich, stable, strong } from '@/lib/language/rich'

const grouped = (value: number) => value.toLocaleString('en')

const inWords = (weight: number, total: number) => {
  const { part, whole } = fractionOf(Math.min(weight, total), total)
  return `每 ${grouped(whole)} 个有 ${grouped(part)} 个`
}

/** 调整权重一节的文字。 */
export const traffic: Catalogue['traffic'] = {
  heading: '流量',
  fact: (weight, total) =>
    weight === 0
      ? `权重 0 / ${grouped(total)}：没有未带标记的请求`
      : weight >= total
        ? `权重 ${grouped(weight)} / ${grouped(total)}：全部未带标记的请求`
        : `权重 ${grouped(weight)} / ${grouped(total)}：未带标记的请求${inWords(weight, total)}`,
  factIdle: (weight, total) => `权重 ${grouped(weight)} / ${grouped(total)}，目前不生效`,
  weight: '权重',
  of: total => `/ ${total}`,
  total: '总数',
  outOfRange: total => `请输入 0 到 ${total} 的整数。`,
  steps: '步进',
  slider: '权重，草稿',
  sliderSays: (draft, total, configured) =>
    draft === configured
      ? `已配置 ${configured} / ${total}`
      : `草稿 ${draft} / ${total}，已配置 ${configured}`,
  configured: (weight, total) => `已配置 ${weight}${total === '100' ? '' : ` / ${total}`}`,
  draft: weight => `草稿 ${weight}`,
  observed: share => `实测 ${share}`,
  band: (low, high) => `99% 置信区间 ${low}–${high}`,
  notObserved: '尚无实测',
  notObservedWhy: why => `无实测：${why}`,
  apply: (from, to) => `应用 ${from} → ${to}`,
  applying: (from, to) => `正在写入 ${from} → ${to}…`,
  drop: '放弃草稿',
  patch: '查看补丁',
  hidePatch: '收起补丁',
  effect: p => {
    if (p.weight === 0)
      return rich`应用后，未带标记的请求${strong('没有一个')}到 ${canary(p.canary)}，全部到 ${stable(p.stable)}。`
    if (p.weight >= p.total) return rich`应用后，未带标记的请求${strong('全部')}到 ${canary(p.canary)}。`
    const change = Math.round((p.weight - p.before) * 100) / 100
    const moved =
      change === 0
        ? ''
        : `，每 ${grouped(p.total)} 个比现在${change > 0 ? '多' : '少'} ${Math.abs(change)} 个`
    return rich`应用后，未带标记的请求${strong(inWords(p.weight, p.total))}到 ${canary(p.canary)}${moved}。`
  },
  effectTotal: '权重与总数一并写入。',
  load: p =>
    `它的 ${p.pods} 个就绪 Pod 将各承担 ${p.after}，而现在是 ${p.now}；${p.other} 的 Pod 现在各承担 ${p.otherNow}。`,
  loadNobody: version => `${version} 没有就绪的 Pod：在有之前，无论权重多少，所有人都到稳定版。`,
  same: '移动滑块、输入数字或选择步进；应用之前不会写入。',
  toAll: {
    title: version => `把所有未带标记的请求送到 ${version}？`,
    text: p =>
      rich`在 ${strong(p.cluster)} 上，权重由 ${p.from} 变为 ${strong(p.to)} / ${p.total}。只有规则另有指定的请求仍到 ${stable(p.stable)}，其余全部到 ${canary(p.canary)}。`,
    pods: (ready, all) => `灰度版的 Pod ${ready}/${all} 就绪。`,
  },
  someoneElse: {
    head: (who, from, to) => `${who} 刚刚更改了权重：${from} → ${to}。`,
    other: who => `${who} 刚刚更改了此灰度发布。`,
    keep: draft => `您的草稿 ${draft} 已保留。`,
    nobody: '有人',
  },
  offStale: '当前显示的不是最新状态：恢复之前无法应用。',
  offContact: '与 Halftone 失去联系：恢复之前无法应用。',
  offOwned: owner => `此 Ingress 由 ${owner} 管理：请在那里更改权重。`,
  offDead: '此灰度不起作用；见上方诊断。',
  inEffect: {
    title: '最近的变更：',
    written: (clock, due) => `已写入 ${clock}，应于 ${due} 生效`,
    due: (clock, missing) => `应自 ${clock} 生效，尚无法区分（约需再采 ${missing} 个应答）`,
    'in-effect': clock => `自 ${clock} 起已生效，由应答证实`,
    contradicted: '应答与其不符',
    stale: '未知：当前显示的不是最新状态',
    unknown: clock => `已写入 ${clock}；目前没有应答可以证实`,
  },
}
