import type { Catalogue } from '@/lib/language/catalogue'
import type { Founded } from '@/lib/language/en/release'
import { fractionOf } from '@/lib/language/fraction'
import { grouped } from '@/lib/language/plural'
import { canary, code, rich, stable, strong } from '@/lib/language/rich'

const place = (host: string, path: string) => code(`${host}${path}`)

const DOUBT: Record<Founded, string> = {
  'in-effect': '',
  written: '尚无应答可以证实。',
  due: '应答尚不足以证实。',
  contradicted: '但应答与此不符。',
  stale: '这是最后一次的状态，可能已变。',
  unmeasured: '目前无法测量。',
}

const asKnown = (evidence: Founded) => (evidence === 'in-effect' ? '' : '按配置应')

/** 灰度发布页的文字：页首、版本，以及可以作出的陈述。 */
export const release: Catalogue['release'] = {
  loading: '正在读取灰度发布',
  crumbs: '当前位置',
  title: (route, version, weight, cluster) => `${route} · ${version} 权重 ${weight} · ${cluster}`,
  gone: {
    title: '此灰度发布已不存在',
    text: name =>
      `集群中没有灰度 Ingress ${name}：它已被移除，或链接已过期。没有它，不会有请求被送到灰度版。`,
    toBoard: '前往看板',
  },
  truth: {
    share: p => {
      const { part, whole } = fractionOf(Math.min(p.weight, p.weightTotal), p.weightTotal)
      const known = asKnown(p.evidence)
      const where = rich`发往 ${place(p.host, p.path)} 的请求`
      if (part === whole)
        return rich`${where}${strong('全部')}${known}到 ${canary(p.canary)}。${DOUBT[p.evidence]}`
      if (whole === 2)
        return rich`${where}有${strong('一半')}${known}到 ${canary(p.canary)}。${DOUBT[p.evidence]}`
      return rich`${where}，${strong(`每 ${grouped(whole)} 个有 ${grouped(part)} 个`)}${known}到 ${canary(p.canary)}。${DOUBT[p.evidence]}`
    },
    nobody: p =>
      rich`发往 ${place(p.host, p.path)} 的请求${strong('全部')}${asKnown(p.evidence)}到 ${stable(p.stable)}。${DOUBT[p.evidence]}`,
    nobodyUnmarked: p =>
      rich`发往 ${place(p.host, p.path)} 的请求${asKnown(p.evidence)}到 ${stable(p.stable)}。${DOUBT[p.evidence]}`,
    rules: (marks, p) => {
      const listed = marks.flatMap((mark, index) => (index === 0 ? mark : [' 或 ', ...mark]))
      const known = p.evidence === 'in-effect'
      if (p.weight > 0) return rich`带 ${listed} 的请求${known ? '总是' : '应总是'}到 ${canary(p.canary)}。`
      return rich`只有带 ${listed} 的请求${known ? '' : '应'}到 ${canary(p.canary)}。`
    },
    header: name => rich`请求头 ${code(name)}`,
    headerValue: (name, value) => rich`${code(`${name}: ${value}`)}`,
    headerPattern: (name, pattern) => rich`匹配 ${code(pattern)} 的 ${code(name)}`,
    cookie: name => rich`Cookie ${code(`${name}=always`)}`,
    dead: p =>
      p.canary === ''
        ? rich`发往 ${place(p.host, p.path)} 的请求${strong('没有一个')}到灰度版：没有灰度版的 Service。`
        : rich`发往 ${place(p.host, p.path)} 的请求${strong('没有一个')}到 ${canary(p.canary)}：此灰度版不起作用。`,
    deadNowhere: '此灰度版不起作用：它不属于任何路由。',
    stableEmpty: p =>
      rich`发往 ${place(p.host, p.path)} 的请求得到 ${strong('503')}：${stable(p.stable)} 没有就绪端点。`,
    canaryEmpty: p =>
      rich`发往 ${place(p.host, p.path)} 的请求${strong('全部')}到 ${stable(p.stable)}：${canary(p.canary)} 没有就绪端点。`,
    wider: routes => rich`同一 Service 的另外 ${routes} 个路径也是如此。`,
  },
  connection: { live: '已连接', stale: '数据过期', unreachable: '无法连接', 'no-contact': '失去联系' },
  open: '已进行',
  lastChanged: '最近变更',
  by: who => `（${who}）`,
  findings: {
    heading: '诊断',
    fact: (errors, others) =>
      [errors ? `${errors} 个错误` : '', others ? `${others} 个其他` : ''].filter(Boolean).join('，'),
    open: '原因与修复',
    mend: '修复…',
    mending: {
      effect: {
        same: '任何人得到的版本都不会因此改变：只是写下控制器实际依据的内容。',
        'comes-to-life':
          '如果灰度版之前不起作用，它将由此生效，并处于待命状态：在您设置权重或规则之前，没有人会得到它。',
      },
      patch: '将要写入的内容',
      before: '现在',
      after: '之后',
      nothing: '无',
      apply: '应用',
      writing: '正在写入…',
    },
  },
  versions: {
    heading: '版本',
    both: '两个版本都在服务',
    unread: '部分内容无法读取',
    readyUnread: '就绪情况未知',
    podsUnread: '无法得知有哪些 Pod：Halftone 无权读取。',
    notReady: names => `${names} 未完全就绪`,
    empty: names => `${names} 没有就绪的 Pod`,
    ready: (ready, all) => `${ready}/${all} 就绪`,
    outdated: (count, ready) => `${ready} 个就绪 Pod 中至少有 ${count} 个早于 Deployment 的最近一次更改。`,
    noDeployment: '此 Service 后面没有 Deployment',
    noService: '没有 Service',
    parts: (parts, total) => `承担 ${parts}/${total}`,
    perPod: parts => `每个 Pod ${parts}`,
    pod: 'Pod',
    restarts: '重启',
    age: '存活',
    node: '节点',
    podList: version => `${version} 的 Pod`,
    noPods: '没有 Pod。',
    morePods: count => `另有 ${count} 个 Pod，可用 kubectl 查看全部`,
    notReadyPod: why => `未就绪${why ? `：${why}` : ''}`,
    lastExit: (reason, exitCode) => `上次退出：${reason}，代码 ${exitCode}`,
    copyLogs: '复制 kubectl logs',
    tooFew: p =>
      rich`${p.version} 的每个就绪 Pod 承担 ${strong(p.perPod)}，而承担全部流量时 ${p.other} 的每个 Pod 只承担 ${p.otherPerPod}。`,
  },
  rollBack: {
    act: '回滚',
    question: p =>
      rich`在 ${strong(p.cluster)} 上：权重 0${p.rules ? '，移除规则' : '，无规则'}${p.affinity ? '，释放已固定的用户' : ''}。所有人到 ${stable(p.stable)}。`,
    confirm: '立即回滚',
    owned: owner => rich`${strong(owner)} 管理此 Ingress，可能会写回旧值。仍要回滚吗？`,
    confirmOwned: '仍要回滚',
    cancel: '保持不变',
    writing: '正在写入…',
    reason: '原因（可选）',
    written: clock => `已于 ${clock} 回滚：已写入，等待网关。`,
    due: clock => `已于 ${clock} 回滚：应已生效，等待应答证实。`,
    proven: (clock, seconds) => `已于 ${clock} 回滚，并在 ${seconds}后证实：此后的应答全部来自稳定版。`,
    unproven: clock => `已于 ${clock} 回滚：已写入。没有采样可以证实。`,
    already: clock => `已于 ${clock} 回滚：此前所有人已在稳定版，由应答证实。`,
    contradicted: clock => `已于 ${clock} 回滚，但仍有来自灰度版的应答。`,
  },
}
