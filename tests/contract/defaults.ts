import { describe, expect, test } from 'vitest'
import { deployment, service } from './objects'
import type { Story } from './stage'

/** What the server fills in where an object leaves it out. */
export const defaults: Story = stage =>
  describe('defaults', () => {
    test('a Deployment and a Service are filled in', async () => {
      const { api } = stage()
      const ground = await stage().ground()
      const body = deployment(
        'x',
        'nginx:user-v1',
        { replicas: undefined },
        { readinessProbe: { httpGet: { port: 80 } } },
      )
      const made = await api.ask('POST', `${ground.deployments}?dryRun=All`, { body })
      const { selector, template } = body.spec
      const probe = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }
      const container = {
        name: 'app',
        image: 'nginx:user-v1',
        ports: [{ containerPort: 80, protocol: 'TCP' }],
        resources: {},
        readinessProbe: { httpGet: { path: '/', port: 80, scheme: 'HTTP' }, ...probe },
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        imagePullPolicy: 'IfNotPresent',
      }
      const pod = {
        containers: [container],
        restartPolicy: 'Always',
        terminationGracePeriodSeconds: 30,
        dnsPolicy: 'ClusterFirst',
        securityContext: {},
        schedulerName: 'default-scheduler',
      }
      expect(made.body.spec).toEqual({
        replicas: 1,
        selector,
        template: { metadata: template.metadata, spec: pod },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
      })
      expect(made.body.status).toEqual({})
      const other = await api.ask('POST', `${ground.services}?dryRun=All`, {
        body: service('x', { clusterIP: 'None' }),
      })
      expect(other.body.spec).toEqual({
        clusterIP: 'None',
        clusterIPs: ['None'],
        ports: [{ protocol: 'TCP', port: 80, targetPort: 80 }],
        selector: { app: 'x' },
        type: 'ClusterIP',
        sessionAffinity: 'None',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        internalTrafficPolicy: 'Cluster',
      })
    })
  })
