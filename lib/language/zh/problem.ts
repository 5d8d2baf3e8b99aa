import type { Params, ProblemCode } from '@/lib/domain/problem'
import { exists, notClonable, overlap } from '@/lib/language/zh/start-problem'

type Say = (params: Params) => string

const value = (params: Params, name: string) => String(params[name] ?? '–')
const said = (params: Params) => (params.message ? `：${params.message}` : '')

/** 每种问题的中文；`no-contact` 是浏览器联系不到 Halftone。 */
export const problems: Record<Exclude<ProblemCode, 'invalid-input'> | 'no-contact', Say> = {
  'invalid-json': () => '请求不是有效的 JSON。',
  'read-only': () => 'Halftone 以只读方式启动，不作任何更改。',
  'foreign-origin': () => '请求来自其他站点，已拒绝。',
  'cluster-forbids': params => `集群不允许此操作${said(params)}。`,
  'not-found': () => '集群中没有这个对象；它可能已被删除。',
  'method-not-allowed': () => '此地址不支持该操作。',
  'stale-edit': () => '在你开始之后有人更改了此 Ingress；未写入任何内容。',
  'owned-elsewhere': params => `它由 ${value(params, 'kind')} ${value(params, 'name')} 管理，写入会被改回。`,
  'too-large': () => '请求过大。',
  'unsupported-type': () => '请求的内容类型不受支持。',
  'wrong-host': () => '不接受以此主机名访问 Halftone。',
  'total-only-edit': params =>
    `权重仍为 ${value(params, 'weight')} 时，控制器不会应用新的总数：请同时更改两者。`,
  'not-a-canary': params => `控制器不把 ${value(params, 'name')} 当作灰度 Ingress。`,
  'ambiguous-route': params =>
    params.pathTypes
      ? `这条路径有多种 pathType，请选择一个：${value(params, 'pathTypes')}。`
      : '该请求不会到达所指定的 Ingress。',
  'cluster-refuses': params => `集群拒绝了写入${said(params)}。`,
  'operation-lost': () => '没有这个操作：它已结束一小时以上，或 Halftone 已重新启动；已创建的对象仍在。',
  'already-exists': exists,
  'already-released': params => `这条路由已有灰度发布 ${value(params, 'release')}。`,
  'operation-running': () => 'Halftone 正在处理这个灰度发布。',
  'operation-stopped': () => '已按要求停止：这个灰度发布正在被移除。',
  'not-parked': params =>
    params.service
      ? `Service ${value(params, 'service')} 仍选中这些 Pod，可能仍有请求经它到达。`
      : '灰度版仍在接收请求：请先回滚。',
  'ambiguous-deployment': params =>
    `这个 Service 后面有多个 Deployment，请选择一个：${value(params, 'deployments')}。`,
  'ambiguous-container': params => `这个 Deployment 有多个容器，请选择一个：${value(params, 'containers')}。`,
  'selector-overlap': overlap,
  'not-clonable': notClonable,
  'not-mendable': () => '这条诊断已不存在，或修复它会改变请求的去向。',
  'pods-not-ready': params =>
    `Pod ${value(params, 'pod')} 没有就绪：${value(params, 'reason')}${params.message ? `（${value(params, 'message')}）` : ''}。`,
  'no-endpoints': () => 'Pod 已就绪，但 Service 没有端点：它的端口不通向任何 Pod。',
  'not-reachable': () => '灰度 Ingress 已创建，但没有通过网关看到灰度版的应答。',
  'too-many-requests': () => '真实发送过于频繁，本次没有发送；请稍后再试。',
  internal: () => '我们这边出了问题；未作确认的更改。',
  'cluster-unreachable': () => '集群无应答；不确定是否已写入。',
  'cluster-busy': () => '集群繁忙，要求稍后再试。',
  'no-contact': () => '与 Halftone 失去联系；不确定是否已写入。',
}

/** `invalid-input` 按 “字段 规则” 说明；没有的按字段，再没有的说通用的一句。 */
export const inputs: Readonly<Record<string, Say>> = {
  weight: params => `权重必须是 0 到 ${value(params, 'max')} 的整数。`,
  weightTotal: params => `总数必须是以下之一：${value(params, 'totals')}。`,
  'header.name': () => '请求头名为 1 到 63 个字母、数字和连字符，且以字母开头。',
  'header.name reserved': () => '这个请求头属于请求本身，不能作为标记。',
  'header.value': () => '请求头值为 1 到 128 个字母、数字以及 . _ ~ : / -。',
  'header.value always-never': () => '精确值不能是 always 或 never：请留空，它们才有各自的含义。',
  'header.pattern': () => '模式为 1 到 128 个字母、数字以及 - . _ ~ / : ^ $ [ ] ( ) { } * + ? | & = \\。',
  'header.pattern look-around': () => '这里无法检查环视：请不要使用 (?=、(?!、(?<=、(?<!。',
  'header.pattern back-reference': () => '这里无法检查反向引用：请不要使用。',
  'header.pattern nested-quantifier': () => '内部有重复的分组再次重复，可能让网关永远算不完：请展开。',
  'header.pattern does-not-compile': () => '模式无法编译，网关会把带有它的请求都送到稳定版。',
  'header.pattern value-and-pattern': () => '有精确值时模式会被忽略：请二选一。',
  'header.example': () => '示例为 1 到 128 个可打印 ASCII 字符。',
  'header.example missing': () => '模式需要一个能匹配它的示例，供探测使用。',
  'header.example no-match': () => '示例与模式不匹配。',
  'header.example without-pattern': () => '只有模式才需要示例。',
  cookie: () => 'Cookie 名为 1 到 64 个字母、数字、_ 和 -。',
  'cookie session-cookie': () => '这个 Cookie 保存会话，不能作为标记。',
  image: () => '镜像的写法如 registry.example/team/user:v2 或 user@sha256:…，不含空格。',
  suffix: params =>
    `${value(params, 'name')} 不能作为名称：1 到 63 个小写字母、数字和连字符，首尾为字母或数字。`,
  'suffix label': params =>
    `标签 ${value(params, 'label')} 会变为 ${value(params, 'value')}：超过 63 个字符，或不是合法的标签值。`,
  name: params =>
    `${value(params, 'name')} 不能作为名称：1 到 63 个小写字母、数字和连字符，首尾为字母或数字。`,
  replicas: params => `新版本需要 1 到 ${value(params, 'max')} 个 Pod。`,
  env: params => `变量 ${value(params, 'name')} 的值含有控制字符。`,
  'env name': () => '变量名由字母、数字和 - . _ 组成，且不以数字开头。',
  deployment: params => `没有这个 Deployment，请选择：${value(params, 'deployments')}。`,
  container: params => `没有这个容器，请选择：${value(params, 'containers')}。`,
  perSecond: () => '速率必须大于 0，且每秒不超过 50。',
  path: () => '路径必须以 / 开头，且不含空格和 #。',
  host: () => '主机必须是普通主机名。',
  versionFrom: () => '版本来自一个请求头，或 1 到 128 个字符的模式。',
  'versionFrom.body': () => '正文的模式不是 RE2 模式。',
  'headers name': () => "请求头名称只能包含字母、数字以及 !#$%&'*+-.^_`|~。",
  'headers reserved': params =>
    `请求头 ${value(params, 'name')} 属于连接、请求本身或发送者，不能在这里填写。`,
  'headers value': () => '请求头的值最多 4096 个可打印 ASCII 字符。',
  'headers twice': params => `请求头 ${value(params, 'name')} 写了两次。`,
  'cookies name': () => "Cookie 名称只能包含字母、数字以及 !#$%&'*+-.^_`|~。",
  'cookies value': () => 'Cookie 的值最多 4096 个可打印 ASCII 字符，且不含分号。',
  'cookies twice': params => `Cookie ${value(params, 'name')} 写了两次。`,
  reason: () => '原因最多 500 个字符。',
}
