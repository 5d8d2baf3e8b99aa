import type { Catalogue } from '@/lib/language/catalogue'
import { figure, named, routeNamed } from '@/lib/language/en/trial-says'
import { code, rich } from '@/lib/language/rich'

/** 各级对所试请求的说明。 */
export const trialSays: Catalogue['trial']['says'] = {
  'location-found': p =>
    rich`${named({ at: `${p.namespace}/${p.ingress}` }, 'at')} 的 ${routeNamed(p)} 通往 ${named(p, 'service')}`,
  'location-nowhere': () => rich`没有路由接收它`,
  'location-unknown': () => rich`主机或路径是模式，这里无法判断`,
  'endpoints-ready': p => rich`${named(p, 'service')} 有就绪端点`,
  'endpoints-unknown': p => rich`无法读取 ${named(p, 'service')} 是否有就绪端点`,
  'endpoints-instead': p => rich`${named(p, 'service')} 没有就绪端点，由 ${named(p, 'instead')} 代替`,
  'endpoints-none': p => rich`${named(p, 'service')} 没有就绪端点`,
  'endpoints-removed': p => rich`一个没有路由的灰度 Ingress 使所有人失去 ${named(p, 'service')}`,
  'affinity-none': () => rich`无`,
  'affinity-not-held': p =>
    rich`${named(p, 'cookie')} 没有把它固定在${p.side === 'canary' ? '灰度版' : '稳定版'}`,
  'affinity-stable': p => rich`${named(p, 'cookie')} 把它固定在稳定版`,
  'affinity-canary': p => rich`${named(p, 'cookie')} 把它固定在灰度版`,
  'alternative-ready': p => rich`${named(p, 'canary')} 的 ${named(p, 'service')} 有就绪端点`,
  'alternative-unknown': p => rich`无法读取 ${named(p, 'service')} 是否有就绪端点`,
  'alternative-empty': p => rich`${named(p, 'service')} 没有就绪端点，因此所有人都到稳定版`,
  'alternative-removed': p =>
    rich`另一个没有路由的灰度 Ingress 使 ${named(p, 'service')} 失效，因此所有人都到稳定版`,
  'alternative-none': () => rich`没有灰度版作用于此路由`,
  'header-no-rule': () => rich`没有规则`,
  'header-absent': p => rich`没有 ${named(p, 'name')}`,
  'header-equal': p => rich`${named(p, 'name')} 等于 ${named(p, 'got')}`,
  'header-different': p => rich`${named(p, 'name')} 为 ${named(p, 'got')}，不是 ${named(p, 'value')}`,
  'header-always': p => rich`${named(p, 'name')} 为 ${code('always')}`,
  'header-never': p => rich`${named(p, 'name')} 为 ${code('never')}`,
  'header-other': p => rich`${named(p, 'name')} 为 ${named(p, 'got')}，既非 always 也非 never`,
  'header-match': p => rich`${named(p, 'name')} 的 ${named(p, 'got')} 匹配 ${named(p, 'pattern')}`,
  'header-no-match': p => rich`${named(p, 'name')} 的 ${named(p, 'got')} 不匹配 ${named(p, 'pattern')}`,
  'header-broken': p => rich`${named(p, 'pattern')} 无法编译，带有 ${named(p, 'name')} 的请求都到稳定版`,
  'header-unknown': p => rich`${named(p, 'got')} 是否匹配 ${named(p, 'pattern')}，这里无法判断`,
  'cookie-no-rule': () => rich`没有规则`,
  'cookie-absent': p => rich`没有 ${named(p, 'name')}`,
  'cookie-always': p => rich`${named(p, 'name')} 为 ${code('always')}`,
  'cookie-never': p => rich`${named(p, 'name')} 为 ${code('never')}`,
  'cookie-other': p => rich`${named(p, 'name')} 为 ${named(p, 'got')}，既非 always 也非 never`,
  'cookie-nameless-always': () => rich`没有规则，因此看没有名称的 Cookie：它为 ${code('always')}`,
  'cookie-nameless-never': () => rich`没有规则，因此看没有名称的 Cookie：它为 ${code('never')}`,
  'weight-all': p => rich`${figure(p, 'total')} 个中的 ${figure(p, 'weight')} 个，即全部剩余请求`,
  'weight-none': p => rich`${figure(p, 'total')} 个中的 ${figure(p, 'weight')} 个，即没有`,
  'weight-split': p => rich`每 ${figure(p, 'total')} 个中的 ${figure(p, 'weight')} 个，按请求抽取`,
  'weight-drawn': p =>
    rich`每 ${figure(p, 'total')} 个中的 ${figure(p, 'weight')} 个，抽到 ${figure(p, 'drawn')}`,
  'not-reached': () => rich`未到达`,
}
