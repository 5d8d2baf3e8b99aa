import type { Params } from '@/lib/domain/problem'
import type { NotClonable } from '@/lib/domain/start/behind'
import type { OverlapKind } from '@/lib/domain/start/overlap'

type Say = (params: Params) => string

const value = (params: Params, name: string) => String(params[name] ?? '–')

const WHY: Readonly<Record<NotClonable, Say>> = {
  statefulset: params =>
    `Service ${value(params, 'service')} 后面是 StatefulSet ${value(params, 'statefulSet')}：它的 Pod 和卷无法复制。`,
  'no-service': params => `没有 Service ${value(params, 'service')}。`,
  'no-selector': () => 'Service 没有选择器，或 Deployment 不按自己 Pod 的标签选择，所以复制出来的无法区分。',
  'external-name': params =>
    `Service ${value(params, 'service')} 只是另一个名称的别名，后面没有可以复制的 Pod。`,
  'no-deployment': params => `Service ${value(params, 'service')} 后面没有 Deployment。`,
  'odd-path': params =>
    `普通 Ingress 的路径 ${value(params, 'path')} 含有空格、引号或 { } ; # < > 之一，或不在模式末尾的 $，不予复制。`,
}

const MEND: Readonly<Record<OverlapKind, Say>> = {
  'every-version': params =>
    `请在 Service ${value(params, 'name')} 的选择器中加上 ${value(params, 'label')}：${
      params.losing ? `此后 ${value(params, 'losing')} 不再收到请求` : '它的 Pod 已带有此标签'
    }。`,
  shared: params =>
    `请在 ${value(params, 'kind')} ${value(params, 'name')} 的选择器中加上 ${value(params, 'label')}，使它只选稳定版的 Pod。`,
  taken: () => '请换一个后缀：这些标签或名称已被使用。',
  greedy: params =>
    `请重建 ${value(params, 'kind')} ${value(params, 'name')}，使它的选择器只选自己的 Pod：它现在也选中稳定版的 Pod。`,
  'picks-others': () => '请换一个后缀：这些标签已被使用。',
}

/** 领域中空选择器的写法：它选中命名空间里的全部 Pod。 */
const EVERY_POD = 'every pod'

const selectsNew: Say = params =>
  params.selector === EVERY_POD
    ? `${value(params, 'kind')} ${value(params, 'name')} 选中全部 Pod，也会选中新的 Pod`
    : `${value(params, 'kind')} ${value(params, 'name')} 会按 ${value(params, 'selector')} 选中新的 Pod`

const FOUND: Readonly<Record<OverlapKind, Say>> = {
  'every-version': params =>
    `Service ${value(params, 'name')} 按 ${value(params, 'selector')} 选择，而所有版本的 Pod 都带有它，请求可能到达未经测试的 Pod`,
  shared: selectsNew,
  taken: selectsNew,
  greedy: selectsNew,
  'picks-others': params =>
    `新版本会按 ${value(params, 'selector')} 选中 ${value(params, 'kind')} ${value(params, 'name')} 的 Pod`,
}

const has = <Key extends string>(table: Readonly<Record<Key, Say>>, key: string): key is Key =>
  Object.hasOwn(table, key)

/** 名称已被谁占用。 */
export function exists(params: Params): string {
  const named = `${value(params, 'kind')} ${value(params, 'name')}`
  if (params.usedBy) {
    return `Ingress ${value(params, 'usedBy')} 已使用 Service 名 ${value(params, 'name')}；灰度版的 Service 必须独用。`
  }
  if (params.release) return `${named} 属于尚未完成的灰度发布 ${value(params, 'release')}。`
  return `${named} 已存在，且不是由这次发布创建的。`
}

/** 这条路由背后的对象为什么无法复制。 */
export function notClonable(params: Params): string {
  const why = String(params.why ?? '')
  return has(WHY, why) ? WHY[why](params) : `这条路由背后的对象无法复制（${why}）。`
}

/** 选择器重叠：谁选中了谁，以及怎样修正。 */
export function overlap(params: Params): string {
  const why = String(params.why ?? '')
  if (has(MEND, why)) return `${FOUND[why](params)}；未创建任何对象。${MEND[why](params)}`
  return `${value(params, 'kind')} ${value(params, 'name')}（${value(params, 'selector')}）也选中同样的 Pod；未写入任何内容。`
}
