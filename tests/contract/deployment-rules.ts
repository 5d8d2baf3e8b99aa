import { beforeAll, describe, expect, test } from 'vitest'
import { MERGE } from './client'
import { deployment } from './objects'
import { type Ground, type Story, saidBy } from './stage'
import { LABEL, PERCENT } from './words'

const IN = 'spec.template.spec.containers[0]'
const PORT = 'must be between 1 and 65535, inclusive'
const NOT_NEGATIVE = 'must be greater than or equal to 0'
const MISFIT = '`selector` does not match template `labels`'

const workload = (spec: object, container: object = {}) =>
  deployment('x', 'x:y', { replicas: 0, ...spec }, container)
const template = (containers: object[]) => ({
  template: { metadata: { labels: { app: 'x' } }, spec: { containers } },
})
const rolling = (rollingUpdate: object) => workload({ strategy: { rollingUpdate } })

/** What a Deployment must be, in the words a person reads when it is not. */
export const deploymentRules: Story = stage =>
  describe('rules of a Deployment', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    const create = (path: string, body: object) => stage().api.ask('POST', `${path}?dryRun=All`, { body })

    test.each([
      [
        'a selector that does not fit',
        workload({ selector: { matchLabels: { app: 'o' } } }),
        `spec.template.metadata.labels: Invalid value: {"app":"x"}: ${MISFIT}`,
      ],
      [
        'no selector',
        workload({ selector: undefined }),
        `[spec.selector: Required value, spec.template.metadata.labels: Invalid value: {"app":"x"}: ${MISFIT}]`,
      ],
      [
        'an empty selector',
        workload({ selector: {} }),
        'spec.selector: Invalid value: {}: empty selector is invalid for deployment',
      ],
      ['less than no pods', workload({ replicas: -1 }), `spec.replicas: Invalid value: -1: ${NOT_NEGATIVE}`],
      [
        'less than no time',
        workload({ minReadySeconds: -1 }),
        `spec.minReadySeconds: Invalid value: -1: ${NOT_NEGATIVE}`,
      ],
      ['an empty image', workload({}, { image: '' }), `${IN}.image: Required value`],
      ['no containers', workload(template([])), 'spec.template.spec.containers: Required value'],
      ['a container with capitals', workload({}, { name: 'A' }), `${IN}.name: Invalid value: "A": ${LABEL}`],
      [
        'port 0',
        workload({}, { ports: [{ containerPort: 0 }] }),
        `${IN}.ports[0].containerPort: Required value`,
      ],
      [
        'port 70000',
        workload({}, { ports: [{ containerPort: 70000 }] }),
        `${IN}.ports[0].containerPort: Invalid value: 70000: ${PORT}`,
      ],
      [
        'a variable without a name',
        workload({}, { env: [{ value: 'a' }] }),
        `${IN}.env[0].name: Required value`,
      ],
      [
        'a policy that is none',
        workload({}, { imagePullPolicy: 'Odd' }),
        `${IN}.imagePullPolicy: Unsupported value: "Odd": supported values: "Always", "IfNotPresent", "Never"`,
      ],
      [
        'a roll-out that cannot move',
        rolling({ maxSurge: 0, maxUnavailable: 0 }),
        'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0',
      ],
      [
        'a share that is no share',
        rolling({ maxSurge: 'abc' }),
        `spec.strategy.rollingUpdate.maxSurge: Invalid value: "abc": ${PERCENT}`,
      ],
    ])('a Deployment with %s', async (_what, body, fault) => {
      const answer = await create(ground.deployments, body)
      expect(saidBy(answer)).toEqual([422, 'Invalid', `Deployment.apps "x" is invalid: ${fault}`])
      expect(answer.body.details).toMatchObject({ name: 'x', group: 'apps', kind: 'Deployment' })
    })

    test('another strategy forbids what belongs to rolling updates, until that is taken away', async () => {
      const name = stage().fresh()
      await stage().api.ask('POST', ground.deployments, { body: deployment(name, 'x:y', { replicas: 0 }) })
      const change = (strategy: object) =>
        stage().api.ask('PATCH', `${ground.deployments}/${name}`, {
          body: { spec: { strategy } },
          type: MERGE,
        })
      const why =
        "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"
      expect(saidBy(await change({ type: 'Recreate' }))).toEqual([
        422,
        'Invalid',
        `Deployment.apps "${name}" is invalid: ${why}`,
      ])
      const changed = await change({ type: 'Recreate', rollingUpdate: null })
      expect(changed.body.spec?.strategy).toEqual({ type: 'Recreate' })
    })

    test('text for a number of pods is 400', async () => {
      const why =
        'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32'
      const answer = await create(ground.deployments, workload({ replicas: '2' }))
      expect(saidBy(answer)).toEqual([400, 'BadRequest', why])
    })

    test('the selector of a Deployment stays what it is', async () => {
      const name = stage().fresh()
      await stage().api.ask('POST', ground.deployments, { body: deployment(name, 'x:y', { replicas: 0 }) })
      const selector = { matchLabels: { app: name, more: 'x' } }
      const answer = await stage().api.ask('PATCH', `${ground.deployments}/${name}`, {
        body: { spec: { selector, template: { metadata: { labels: { more: 'x' } } } } },
        type: MERGE,
      })
      expect(saidBy(answer)).toEqual([
        422,
        'Invalid',
        `Deployment.apps "${name}" is invalid: spec.selector: Invalid value: ${JSON.stringify(selector)}: field is immutable`,
      ])
    })
  })
