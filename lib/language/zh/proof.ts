import type { Catalogue } from '@/lib/language/catalogue'

/** 采样证据一节的文字。 */
export const proof: Catalogue['proof'] = {
  heading: '证据',
  fact: perSecond => `每秒 ${perSecond} 个应答，来自`,
  factWaiting: '尚无应答',
  factNone: '没有发送探测',
  waiting: '打开此页即开始探测；首批应答会自动显示在这里。',
  off: '采样已关闭：此处没有测量。',
  share: version => `${version} 的占比（%）`,
  chartLabel: (version, lanes, window) => `${window}内 ${version} 的占比。${lanes}`,
  chartLane: (lane, share, configured) => `${lane}：实测 ${share}，已配置 ${configured}。`,
  legend: { configured: '已配置', seen: '实测，99% 置信带', bin: size => `每点 ${size}` },
  lane: { everyone: '所有人', header: '请求头', cookie: 'Cookie' },
  configuredEnd: share => `已配置 ${share}`,
  seenEnd: share => `实测 ${share}`,
  change: (from, to, by) => `${by ? `${by}：` : ''}${from} → ${to}`,
  otherChange: by => `${by ? `${by}：` : ''}规则`,
  noAnswers: '此窗口内尚无应答。',
  last: count => `最近 ${count} 个应答`,
  lastNone: '最近的应答',
  lastWaiting: '每个应答将在此显示为一个圆环或圆点。',
  lastHint: '所有人，最新在末尾',
  matrix: counts => `未带标记探测的应答，由旧到新。${counts}`,
  unknown: '未知',
  error: '错误',
  answer: p =>
    [p.clock, p.version, p.status, `${p.ms} 毫秒`, p.pod, p.early ? '应生效前发送，不计入' : '']
      .filter(Boolean)
      .join(' · '),
  pick: '指向一个点或用方向键，可查看单个应答。',
  lanes: '通道',
  column: {
    lane: '通道',
    sent: '已发送',
    unknown: '未知',
    errors: '错误',
    latency: version => `p50 / p95 ${version}（毫秒）`,
    verdict: '自该通道最近变更以来的判定',
  },
  verdictSays: {
    asConfigured: (seen, configured, tolerance) =>
      `实测 ${seen}，已配置 ${configured}${tolerance ? `（±\u00a0${tolerance}）` : ''}`,
    allOf: count => `全部 ${count} 个`,
    notAsConfigured: (seen, configured) => `实测 ${seen}，已配置 ${configured}`,
    notEnough: (seen, missing, tolerance) =>
      `${seen === null ? '尚无应答' : `目前实测 ${seen}`}，约需再采 ${missing} 个${tolerance ? `（±\u00a0${tolerance}）` : ''}`,
    unknownShare: share => `${share} 未知`,
    errorShare: share => `${share} 错误`,
  },
  beginsAnew: '这些应答属于先前的配置。',
  examples: count => `${count} 个示例应答`,
  example: (status, type, words) =>
    `${status}${type ? ` ${type}` : ''}${words ? `：找到 ${words}` : '：未找到版本'}`,
  pause: '暂停',
  resume: '继续',
  pausedAt: clock => `画面自 ${clock} 起静止；采样仍在进行。`,
  rate: '速率',
  rateValue: perSecond => `${perSecond} / 秒`,
  window: '窗口',
  minutes: count => `${count} 分钟`,
  asTable: '以表格查看',
  asChart: '以图表查看',
  tableName: lane => `占比随时间的变化，${lane}`,
  tableColumn: { time: '时刻', bin: '当时', seen: '实测', band: '99% 置信带', configured: '已配置' },
  announce: (lane, verdict) => `${lane}：${verdict}`,
}
