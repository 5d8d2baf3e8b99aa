import { createServer, type Server } from 'node:http'
import { expect, type Page } from '@playwright/test'
import { catalogueOf } from '@/lib/language/catalogue'
import { Behind, CANARY } from '@/tests/e2e/behind'
import { test } from '@/tests/e2e/demo'
import { stage } from '@/tests/e2e/stage'
import { hostileFrames } from '@/tests/fixtures/frames'

const RELEASE = 'sandbox/default/user-canary'
const API = '/api/clusters/sandbox/releases/default/user-canary'
const say = catalogueOf('en')

test.use({ demoArgs: ['--release'] })

/** What a page asks for and what its policy forbids, from now on. */
async function listenTo(page: Page) {
  const origins = new Set<string>()
  const errors: string[] = []
  page.on('request', request => {
    if (request.url().startsWith('http')) origins.add(new URL(request.url()).origin)
  })
  page.on('console', message => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', error => errors.push(error.message))
  return { origins, errors }
}

test('every screen loads from its own server alone, and breaks no rule of its policy', async ({
  page,
  demo,
}) => {
  const { origins, errors } = await listenTo(page)
  await page.goto(demo.url)
  await expect(page.getByRole('link', { name: '/user', exact: true })).toBeVisible()
  await page.getByRole('button', { name: say.shared.themeToDark }).click()
  await page.getByRole('link', { name: '/user', exact: true }).click()
  await expect(page.getByRole('button', { name: say.release.rollBack.act })).toBeVisible()
  await expect(page.locator('.recharts-surface').first()).toBeVisible({ timeout: 30_000 })
  await page.reload()
  await expect(page.getByRole('button', { name: say.release.rollBack.act })).toBeVisible()
  expect([...origins]).toEqual([demo.url])
  expect(errors).toEqual([])
})

test('text that gets into a page as markup runs nothing', async ({ page, demo }) => {
  await page.goto(demo.url)
  await expect(page.getByRole('link', { name: '/user', exact: true })).toBeVisible()
  const violations = await page.evaluate(async () => {
    const seen: string[] = []
    const holder = document.createElement('div')
    const run = (how: string) => `parent.document.body.dataset.ran = '${how}'`
    document.addEventListener('securitypolicyviolation', event => seen.push(event.effectiveDirective))
    holder.innerHTML = [
      `<img src="data:," onerror="${run('attribute')}">`,
      `<script>${run('inline')}</script>`,
      `<iframe id="inside" srcdoc="<script>${run('framed')}</script>"></iframe>`,
      `<iframe src="data:text/html,hello"></iframe>`,
      `<a id="link" href="javascript:${run('link')}">link</a>`,
    ].join('')
    const inside = holder.querySelector('#inside')
    const loaded = new Promise(resolve => inside?.addEventListener('load', resolve))
    document.body.append(holder)
    holder.querySelector<HTMLAnchorElement>('#link')?.click()
    await loaded
    while (seen.length < 3) await new Promise(resolve => requestAnimationFrame(resolve))
    return seen
  })
  expect(violations.sort()).toEqual(['frame-src', 'script-src-attr', 'script-src-elem'])
  await expect(page.locator('body')).not.toHaveAttribute('data-ran')
})

test('names and values of the cluster are shown as text', async ({ page, demo }) => {
  await stage(page, hostileFrames)
  await page.goto(demo.url)
  await expect(page.getByText('<img').first()).toBeVisible()
  await expect(page.locator('main img, main script, main iframe')).toHaveCount(0)
  await expect(page.locator('main a[href^="javascript:"]')).toHaveCount(0)
})

test.describe('a page of another site', () => {
  let foreign: Server
  let home = ''
  test.beforeAll(async () => {
    foreign = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>elsewhere</title>')
    })
    await new Promise<void>(resolve => foreign.listen(0, '127.0.0.1', resolve))
    const address = foreign.address()
    home = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  })
  test.afterAll(() => {
    foreign.closeAllConnections()
    foreign.close()
  })

  test('reads nothing, hears nothing, writes nothing and frames nothing', async ({ page, demo }) => {
    await new Behind(demo.kubeconfig).annotate(CANARY, { 'canary-weight': '20' })
    const weight = async () => JSON.parse(await (await fetch(demo.url + API)).text()).weight
    await expect.poll(weight).toBe(20)
    await page.goto(home)
    const got = await page.evaluate(
      async ({ url, api, topic }) => {
        const read = (init: RequestInit) =>
          fetch(url + api, init).then(
            ({ type }) => type,
            () => 'refused',
          )
        const rollBack = (type: string) =>
          fetch(`${url}${api}/rollback`, {
            method: 'POST',
            mode: type === 'text/plain' ? 'no-cors' : 'cors',
            headers: { 'content-type': type },
            body: '{}',
          }).then(
            answer => answer.type,
            () => 'refused',
          )
        const hear = () =>
          new Promise(resolve => {
            const source = new EventSource(`${url}/api/stream?topic=${topic}`)
            source.onmessage = () => resolve('heard')
            source.onerror = () => resolve('refused')
          })
        return {
          plain: await read({}),
          opaque: await read({ mode: 'no-cors' }),
          heard: await hear(),
          form: await rollBack('text/plain'),
          json: await rollBack('application/json'),
        }
      },
      { url: demo.url, api: API, topic: `release/${RELEASE}` },
    )
    // A form of a foreign page is sent and refused; its answer is opaque, or withheld by cross-origin-resource-policy.
    expect(got).toMatchObject({ plain: 'refused', opaque: 'refused', heard: 'refused', json: 'refused' })
    expect(await weight()).toBe(20)

    await page.evaluate(url => {
      const frame = document.createElement('iframe')
      frame.src = url
      document.body.append(frame)
    }, demo.url)
    await expect.poll(() => page.frames().at(-1)?.url()).toBe('chrome-error://chromewebdata/')
  })
})
