import type { OperationKind, StepName } from '@/lib/domain/model/operation'
import type { Catalogue } from '@/lib/language/catalogue'
import type { StepFacts } from '@/lib/language/en/operation'
import { code, rich, strong } from '@/lib/language/rich'

type Words = Catalogue['operation']
type StepText = Words['step'][StepName]

const after = (what: string, name: string) => (name ? `${what} ${name}` : what)

/** 尚未开始的步骤不能说“已”：`yet` 只说要做什么。 */
const told =
  (
    done: (f: StepFacts) => string,
    doing: (f: StepFacts) => string,
    not: (f: StepFacts) => string,
    yet: (f: StepFacts) => string = done,
  ): StepText =>
  (facts, state) => {
    if (state === 'waiting') return yet(facts)
    if (state === 'running') return doing(facts)
    return (state === 'failed' || state === 'skipped' ? not : done)(facts)
  }

function act(verb: string, what: string): StepText {
  const gap = /^[A-Z]/.test(what) ? ' ' : ''
  return told(
    ({ name }) => `已${verb}${gap}${after(what, name)}`,
    ({ name }) => `正在${verb}${gap}${after(what, name)}`,
    ({ name }) => `未${verb}${gap}${after(what, name)}`,
    ({ name }) => `${verb}${gap}${after(what, name)}`,
  )
}

const STEP: Record<StepName, StepText> = {
  deployment: act('创建', 'Deployment'),
  service: act('创建', 'Service'),
  pods: (f, state) =>
    f.replicas !== ''
      ? `${f.ready}/${f.replicas} 个 Pod 就绪`
      : state === 'failed'
        ? 'Pod 未就绪'
        : '全部 Pod 就绪',
  endpoints: told(
    () => 'Service 有端点',
    () => '正在等待 Service 的端点',
    () => 'Service 没有端点',
  ),
  ingress: (facts, state) =>
    act('创建', '灰度 Ingress')(facts, state) + (state === 'done' || state === 'waiting' ? '，待命' : ''),
  reachable: told(
    () => '已证实灰度版可以访问',
    () => '正在等待灰度版经网关的首个应答',
    () => '未能证实灰度版可以访问',
    () => '证实灰度版可以访问',
  ),
  traffic: told(
    () => '已写入规则与权重',
    () => '正在写入规则与权重',
    () => '未写入规则与权重',
    () => '写入规则与权重',
  ),
  parked: told(
    ({ isProven, isWritten }) =>
      isWritten === false
        ? '本来就处于待命'
        : isProven
          ? '已待命：所有人到稳定版'
          : '已待命：所有人应到稳定版，尚无应答证实',
    () => '正在转为待命：所有人到稳定版',
    () => '未转为待命',
    () => '转为待命：所有人到稳定版',
  ),
  image: told(
    ({ image }) => `已设置镜像 ${image}`,
    ({ image }) => `正在设置镜像 ${image}`,
    ({ image }) => `未设置镜像 ${image}`,
    ({ image }) => `设置镜像 ${image}`,
  ),
  'ingress-gone': act('移除', '灰度 Ingress'),
  'service-gone': act('移除', 'Service'),
  'deployment-gone': act('移除', 'Deployment'),
}

const HEAD: Record<OperationKind, Words['head'][OperationKind]> = {
  start: {
    running: name => `正在开始 ${name}`,
    done: name => `${name} 已开始`,
    failed: name => `${name} 的开始过程已中止`,
  },
  remove: {
    running: name => `正在移除为 ${name} 创建的对象`,
    done: name => `已移除为 ${name} 创建的对象`,
    failed: name => `移除为 ${name} 创建的对象时中止`,
  },
  image: {
    running: name => `${name} 的修复构建`,
    done: name => `${name} 的修复构建已部署`,
    failed: name => `${name} 的修复构建已中止`,
  },
}

/** 自行进行的工作的文字：开始、移除、修复构建。 */
export const operation: Words = {
  head: HEAD,
  step: STEP,
  steps: '步骤',
  state: { waiting: '等待中', running: '进行中', done: '已完成', skipped: '已跳过', failed: '失败' },
  delayed: {
    'cluster-unreachable': '集群无应答，正在重试。',
    'cluster-busy': '集群繁忙，正在重试。',
  },
  lasting: duration => `已 ${duration}`,
  skipped: {
    absent: '本来就没有。',
    unreadable: '集群不允许 Halftone 读取它。',
    'not-parked': '已有人把请求送到灰度版。',
    'not-proven': '只向已证实可以访问的版本发送请求。',
  },
  at: (number, of, step) => `第 ${number}/${of} 步：${step}`,
  goesOn: '关闭此页面，工作仍会继续。',
  follow: '查看进度',
  see: '查看步骤',
  lost: {
    title: '已无法查到这项工作',
    text: '它已结束一小时以上，或 Halftone 已重新启动。它当时已完成的仍在集群中；未完成的发布会作为“未完成”列在看板上。',
    toBoard: '前往看板',
  },
  retry: '重试',
  proceed: '继续',
  asking: '正在请求…',
  remove: {
    act: '移除已创建的对象',
    confirm: '立即移除',
    cancel: '保留',
    question: p =>
      p.objects === ''
        ? rich`在 ${strong(p.cluster)} 上删除 Halftone 为 ${code(p.name)} 创建的对象。稳定版及其路由保持不变。`
        : rich`在 ${strong(p.cluster)} 上删除 ${p.objects}。稳定版及其路由保持不变。`,
  },
  started: '在您调整权重或设置规则之前，不会有请求送到它。',
  removed: '集群中已没有它的任何对象。',
  toRelease: '前往灰度发布',
  again: '重新开始',
  stays: '已创建的对象保留；其他一律未动。',
  half: {
    heading: '未完成',
    fact: count => `${count} 个发布尚未完成`,
    noRoute: '路由未知',
    pods: (ready, all) => `${ready}/${all} 个 Pod 就绪`,
    age: age => `已\u00a0${age}`,
    unsent: '没有灰度 Ingress：没有请求到达它。',
  },
  image: {
    act: '部署修复构建…',
    field: '修复构建的镜像',
    container: '容器',
    effect: stable =>
      rich`先转为待命：权重 0、无规则，所有人到 ${stable}。然后设置镜像并等待 Pod 就绪；在您调整权重之前保持待命。`,
    same: '这就是现在运行的镜像。',
    confirm: '待命并部署',
    sending: '正在请求…',
    cancel: '取消',
    done: clock => `已于 ${clock} 部署：全部 Pod 就绪。它当时处于待命状态，可随时调整权重。`,
    failed: '已完成的步骤保留。修复后请再部署一个构建。',
  },
}
