import { describe, expect, test } from 'vitest'
import { controllerFindings } from '@/lib/domain/lint/controller'
import { controllerTexts } from '@/lib/domain/lint/controller-texts'
import type { BoardRelease } from '@/lib/domain/model/release'
import type { ControllerStatus, Maker } from '@/lib/domain/model/status'
import { referenceRelease } from '@/tests/fixtures/frames'

const controller = (part: Partial<ControllerStatus> = {}): ControllerStatus => ({
  dialect: 'ingress-nginx',
  maker: 'rancher',
  classes: ['nginx'],
  controllerClass: 'k8s.io/ingress-nginx',
  namespace: 'ingress-nginx',
  image: 'rancher/nginx-ingress-controller:v1.15.1',
  version: 'v1.15.1',
  pods: [{ name: 'controller-0', ready: true }],
  flags: { 'enable-metrics': 'true' },
  canaries: 'as-modelled',
  findings: [],
  ...part,
})

const idsOf = (part: Partial<ControllerStatus>, releases: readonly BoardRelease[] = []) =>
  controllerFindings(controller(part), releases)
    .map(each => each.id)
    .sort()

const of = (part: Partial<BoardRelease>): BoardRelease => ({
  ...referenceRelease({ className: 'nginx' }),
  observed: null,
  ...part,
})
const thousand = of({ weightTotal: 1000 })
const ruled = { rules: { header: { name: 'role', value: 'test' }, cookie: null }, weight: 20 }
const observed = (share: number | null) => ({ verdict: 'as-configured' as const, share, missing: 0, at: '' })

test('a maintained controller of the last version has nothing to be said of', () => {
  expect(idsOf({})).toEqual([])
})

describe('L43: a version that can be taken over', () => {
  test.each([
    ['v1.11.4', ['L43']],
    ['v1.12.0', ['L43']],
    ['0.33.0', ['L40', 'L43']],
    ['v1.11.5', []],
    ['v1.12.1', []],
    ['latest', []],
    [null, []],
  ])('%s', (version, ids) => {
    expect(idsOf({ version })).toEqual(ids)
  })
})

describe('L42: a retired controller', () => {
  test.each<[Maker, string[]]>([
    ['upstream', ['L42']],
    ['repackaged', ['L42']],
    ['rancher', []],
    ['aks', []],
    ['chainguard', []],
    ['gitlab', []],
  ])('built by %s', (maker, ids) => {
    expect(idsOf({ maker })).toEqual(ids)
  })
})

describe('L15: a total the controller ignores', () => {
  test.each<[string, string, BoardRelease[], boolean]>([
    ['a release uses one on 1.6.4', 'v1.6.4', [thousand], true],
    ['and on what never knew it', 'v1.1.0', [thousand], true],
    ['1.7.0 reads it', 'v1.7.0', [thousand], false],
    ['no release uses one', 'v1.6.4', [of({})], false],
    ['a release of another class', 'v1.6.4', [of({ weightTotal: 1000, className: 'other' })], false],
    ['an unknown version', 'latest', [thousand], false],
  ])('%s', (_case, version, releases, isTold) => {
    expect(idsOf({ version }, releases).includes('L15')).toBe(isTold)
  })

  test('the releases are named, not all of a crowd', () => {
    const crowd = Array.from({ length: 7 }, () => thousand)
    const [found] = controllerFindings(controller({ version: 'v1.6.4' }), crowd).filter(
      each => each.id === 'L15',
    )
    expect(String(found?.params.releases).split(', ')).toHaveLength(6)
    expect(found?.title).toContain('…')
  })
})

describe('L35: a risk level that cannot be seen', () => {
  const flags = { configmap: 'ingress-nginx/controller', 'enable-metrics': 'true' }
  test.each<[string, Partial<ControllerStatus>, BoardRelease[], boolean]>([
    ['a ConfigMap is named', { flags }, [], true],
    ['none is: then the level is the usual', {}, [], false],
    ['arguments unknown: nothing is said', { flags: null }, [], false],
    ['before 1.9 there were no levels', { flags, version: 'v1.8.4' }, [], false],
    [
      'a release with a rule whose canary answers: not Low',
      { flags },
      [of({ ...ruled, observed: observed(0.2) })],
      false,
    ],
    [
      'a release with a rule whose canary never answered',
      { flags },
      [of({ ...ruled, observed: observed(0) })],
      true,
    ],
    [
      'a release without a rule proves nothing',
      { flags },
      [of({ rules: { header: null, cookie: null }, observed: observed(0.2) })],
      true,
    ],
    ['nor one that is not sampled', { flags }, [of({ ...ruled, observed: null })], true],
  ])('%s', (_case, part, releases, isTold) => {
    expect(idsOf(part, releases).includes('L35')).toBe(isTold)
  })
})

describe('L40: metrics without the canary', () => {
  test.each<[string, Partial<ControllerStatus>, boolean]>([
    ['off by default from 1.12', { flags: {} }, true],
    ['on by default up to 1.11', { flags: {}, version: 'v1.11.5' }, false],
    ['switched off', { flags: { 'enable-metrics': 'false' }, version: 'v1.11.5' }, true],
    ['before the label came', { version: 'v1.0.1' }, true],
    ['arguments unknown', { flags: null }, false],
    ['version unknown, nothing switched', { flags: {}, version: null }, false],
  ])('%s', (_case, part, isTold) => {
    expect(idsOf(part).includes('L40')).toBe(isTold)
  })
})

test('nothing is said of other controllers, nor of one out of sight', () => {
  const old = { maker: 'upstream', version: 'v1.0.0', flags: {} } as const
  expect(idsOf({ ...old, dialect: 'traefik' })).toEqual([])
  expect(idsOf({ ...old, image: null, pods: [] })).toEqual([])
})

test('every id of the catalogue can be made, and says object and field', () => {
  const worst = { maker: 'upstream', version: 'v1.0.1', flags: { configmap: 'a/b' } } as const
  const found = [
    ...controllerFindings(controller(worst), [thousand]),
    ...controllerFindings(controller({ flags: { configmap: 'a/b' } }), []),
  ]
  expect([...new Set(found.map(each => each.id))].sort()).toEqual(Object.keys(controllerTexts).sort())
  for (const each of found) expect(each.where).toMatch(/^ingress-nginx\/controller-0 spec\.containers\[\]\./)
})
