// @vitest-environment happy-dom
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import {
  openStart,
  ROUTE,
  refusing,
  serveStart,
  tell,
  textOf,
  USER,
} from '@/tests/components/start/open-start'
import {
  halfStartedFrame,
  payRoute,
  routesFrame,
  userOffer,
  userReview,
  userRoute,
  work,
  workFrame,
} from '@/tests/fixtures/starts'

vi.mock('next/navigation', () => import('@/tests/components/address-bar'))

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const button = (name: string | RegExp) => screen.getByRole('button', { name })
const step = (name: string) => within(screen.getByRole('region', { name: new RegExp(`${name}$`) }))
const image = () => screen.findByRole('textbox', { name: 'Image' })
const retype = async (field: HTMLElement, text: string) => {
  await userEvent.clear(field)
  await userEvent.type(field, text)
}
/** From the open page to the review, with another image. */
async function toReview() {
  await retype(await image(), 'nginx:user-v2')
  await userEvent.click(button('Continue'))
  await screen.findByText(/Parked: weight 0, no rules/)
  await userEvent.click(button('Continue'))
  return screen.findByRole('tab', { name: /^Deployment/ })
}

test('without a route one chooses from those that have no release, and the choice is in the address', async () => {
  const calls = serveStart()
  openStart('/releases/new', { frames: [routesFrame([userRoute('user-canary'), payRoute])] })
  const list = within(screen.getByRole('list', { name: 'Routes without a release' }))
  expect(list.getAllByRole('listitem')).toHaveLength(1)
  expect(screen.getByRole('link', { name: 'Open user-canary' }).getAttribute('href')).toBe(
    '/releases/kind-dev/default/user-canary',
  )
  await userEvent.click(list.getByRole('button', { name: /\/pay/ }))
  expect(new URLSearchParams(window.location.search).get('path')).toBe('/pay')
  await image()
  expect(calls[0]?.url).toContain('/api/clusters/kind-dev/start?namespace=default&ingress=nginx-ingress')
})

test('the routes are searched by path, host, namespace and Service', async () => {
  serveStart()
  openStart('/releases/new')
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search routes' }), 'pay-v1')
  const list = within(screen.getByRole('list', { name: 'Routes without a release' }))
  await waitFor(() => expect(list.getAllByRole('listitem').map(textOf)).toHaveLength(1))
  list.getByText('/pay')
})

test('everything is pre-filled from the stable version, the tag selected to be typed over', async () => {
  serveStart()
  openStart(USER)
  const field = await image()
  expect(field).toHaveProperty('value', 'nginx:user-v1')
  expect(document.activeElement).toBe(field)
  await userEvent.keyboard('user-v7')
  expect(field).toHaveProperty('value', 'nginx:user-v7')
  await retype(field, 'nginx:user-v1')
  expect(screen.getByRole('textbox', { name: 'Suffix' })).toHaveProperty('value', 'v2')
  expect(screen.getByRole('textbox', { name: 'Replicas' })).toHaveProperty('value', '3')
  expect(screen.getByRole('textbox', { name: 'Name of the canary Ingress' })).toHaveProperty(
    'value',
    'user-canary',
  )
  expect(screen.getByText(/The copies are called/).textContent).toContain('user-v2')
  screen.getByText(/both versions would be the same/)
})

test('what stands in the way is told with its reason and its mend; nothing can be created', async () => {
  serveStart({
    offer: () =>
      userOffer({
        obstacle: {
          code: 'selector-overlap',
          title:
            'Service service-user-v1 selects app: user, which pods of every version carry: requests could reach untested pods',
          params: {
            why: 'every-version',
            mend: 'Add version: v1 to the selector of Service service-user-v1',
          },
        },
      }),
  })
  openStart(USER)
  const alert = await screen.findByRole('alert')
  expect(textOf(alert)).toContain('No release can be started here.')
  expect(textOf(alert)).toContain('Add version: v1 to the selector of Service service-user-v1.')
  expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Create' })).toBeNull()
})

test('a route that has a release leads to it', async () => {
  const obstacle = {
    code: 'already-released',
    title: 'The canary Ingress user-canary acts on this route already',
    params: { release: 'user-canary', namespace: 'default' },
  }
  serveStart({ offer: () => userOffer({ obstacle }) })
  openStart(USER)
  const link = await screen.findByRole('link', { name: 'Open user-canary' })
  expect(link.getAttribute('href')).toBe('/releases/kind-dev/default/user-canary')
})

test('an offer that cannot be read says so and can be asked for again', async () => {
  let isBack = false
  serveStart({
    offer: call =>
      isBack
        ? userOffer()
        : refusing(503, { code: 'cluster-unreachable', title: 'The cluster does not answer' })(call),
  })
  openStart(USER)
  expect(textOf(await screen.findByRole('alert'))).toContain('The cluster does not answer.')
  isBack = true
  await userEvent.click(button('Read again'))
  await image()
})

test('a step folds to one line when it is done, and the focus goes on to the next', async () => {
  const calls = serveStart()
  openStart(USER)
  await toReview()
  expect(textOf(screen.getByRole('region', { name: 'New version' }))).toContain(
    'user-v2 nginx:user-v2 3 replicas',
  )
  expect(textOf(screen.getByRole('region', { name: 'Traffic' }))).toContain('Everyone stays on user-v1.')
  expect(document.activeElement?.textContent).toContain('Review')
  expect(calls.at(-1)?.body).toEqual({
    namespace: 'default',
    ingress: 'nginx-ingress',
    host: '',
    path: '/user',
    pathType: 'Prefix',
    deployment: 'user-v1',
    container: 'nginx',
    image: 'nginx:user-v2',
    suffix: 'v2',
    name: 'user-canary',
    replicas: 3,
    dryRun: true,
  })
  expect(screen.queryByText(/does not answer/)).toBeNull()
})

test('Enter in a field goes on', async () => {
  serveStart()
  openStart(USER)
  await retype(await image(), 'nginx:user-v2{Enter}')
  await screen.findByRole('button', { name: 'Add a header rule' })
})

test('a field the server refuses says so at the field, and the step stays open', async () => {
  const title = 'An image is named like registry.example/team/user:v2, without blanks'
  serveStart({
    review: refusing(422, { code: 'invalid-input', title, field: 'image', params: { rule: 'reference' } }),
  })
  openStart(USER)
  await retype(await image(), 'not an image')
  await userEvent.click(button('Continue'))
  const field = await image()
  await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'))
  expect(textOf(document.getElementById(field.getAttribute('aria-describedby') ?? ''))).toBe(`${title}.`)
})

test('a name that is taken offers the next one that is free', async () => {
  const taken = {
    code: 'already-exists',
    title: 'Deployment user-v2 exists already',
    field: 'suffix',
    params: { kind: 'Deployment', name: 'user-v2', next: 'v3' },
  }
  const calls = serveStart({
    review: call => (call.body?.suffix === 'v3' ? userReview() : refusing(409, taken)(call)),
  })
  openStart(USER)
  await retype(await image(), 'nginx:user-v3')
  await userEvent.click(button('Continue'))
  await userEvent.click(await screen.findByRole('button', { name: 'Use v3' }))
  expect(screen.getByRole('textbox', { name: 'Suffix' })).toHaveProperty('value', 'v3')
  await userEvent.click(button('Continue'))
  await screen.findByText(/Parked: weight 0, no rules/)
  expect(calls.at(-1)?.body).toMatchObject({ suffix: 'v3' })
})

test('variables are changed, added and left out; one from a Secret is not typed over', async () => {
  const calls = serveStart()
  openStart(USER)
  await retype(await image(), 'nginx:user-v2')
  await userEvent.click(button('Change variables'))
  screen.getByText('from a Secret or a field; as it is')
  expect(screen.queryByRole('textbox', { name: 'Value of DB_PASSWORD' })).toBeNull()
  await retype(screen.getByRole('textbox', { name: 'Value of LOG_LEVEL' }), 'debug')
  await userEvent.click(button('Leave DB_PASSWORD out'))
  await userEvent.click(button('Add a variable'))
  await userEvent.type(screen.getByRole('textbox', { name: 'Variable' }), 'FLAG')
  await userEvent.type(screen.getByRole('textbox', { name: 'Value of FLAG' }), 'on')
  await userEvent.click(button('Continue'))
  await waitFor(() =>
    expect(calls.at(-1)?.body).toMatchObject({ env: { LOG_LEVEL: 'debug', DB_PASSWORD: null, FLAG: 'on' } }),
  )
})

test('rules and a weight are said to be written only once the canary is proven reachable', async () => {
  const calls = serveStart()
  openStart(USER)
  await retype(await image(), 'nginx:user-v2')
  await userEvent.click(button('Continue'))
  await userEvent.click(await screen.findByRole('button', { name: 'Add a cookie rule' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Cookie name' }), 'vip_user')
  await retype(screen.getByRole('textbox', { name: 'Weight' }), '5')
  expect(textOf(document.querySelector('form p'))).toMatch(
    /then the rule vip_user=always and weight 5 of 100, once/,
  )
  await userEvent.click(button('Continue'))
  await screen.findByRole('tab', { name: /^Deployment/ })
  expect(calls.at(-1)?.body).toMatchObject({ rules: { header: null, cookie: 'vip_user' }, weight: 5 })
  screen.getByText(/what you set under Traffic is written/)
})

test('a refused rule opens the step it is in', async () => {
  const told = { code: 'invalid-input', title: 'A cookie name is 1 to 64 letters', field: 'rules.cookie' }
  serveStart({ review: call => (call.body?.rules ? refusing(422, told)(call) : userReview()) })
  openStart(USER)
  await retype(await image(), 'nginx:user-v2')
  await userEvent.click(button('Continue'))
  await userEvent.click(await screen.findByRole('button', { name: 'Add a cookie rule' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Cookie name' }), 'a=b')
  await userEvent.click(button('Continue'))
  await screen.findByText('A cookie name is 1 to 64 letters.')
})

test('a review whose choices have changed is shown as such, and creates nothing', async () => {
  const calls = serveStart()
  openStart(USER)
  await toReview()
  await userEvent.click(button('Change new version'))
  await userEvent.type(await image(), '.1')
  screen.getByText(/Your choices have changed since/)
  const create = button('Create')
  expect(create.getAttribute('aria-disabled')).toBe('true')
  await userEvent.click(create)
  expect(calls.filter(call => call.method === 'POST' && !call.body?.dryRun)).toEqual([])
  await userEvent.click(button('Continue'))
  await waitFor(() => expect(button('Create').getAttribute('aria-disabled')).not.toBe('true'))
  expect(calls.at(-1)?.body).toMatchObject({ image: 'nginx:user-v2.1', dryRun: true })
})

test('a check that is refused takes the review before it with it: nothing is created by that one', async () => {
  let isTaken = false
  const calls = serveStart({
    review: call =>
      isTaken
        ? refusing(409, { code: 'already-released', title: 'A canary acts on this route already' })(call)
        : userReview(),
  })
  openStart(USER)
  await toReview()
  isTaken = true
  await userEvent.click(button('Check again'))
  expect(textOf(await screen.findByRole('alert'))).toContain('A canary acts on this route already.')
  screen.getByText(/The last check was refused/)
  await userEvent.click(button('Create'))
  expect(calls.filter(call => call.method === 'POST' && !call.body?.dryRun)).toEqual([])
  isTaken = false
  await userEvent.click(button('Check again'))
  await waitFor(() => expect(button('Create').getAttribute('aria-disabled')).not.toBe('true'))
})

test('a start that somebody else has begun, and one that was left, are told before another is begun', async () => {
  serveStart()
  openStart(USER, { frames: [routesFrame(), halfStartedFrame()] })
  await image()
  screen.getByText(/A start of this route has not come to its end: user-canary/)
  tell(workFrame(work('pods')))
  screen.getByText(/^Step 3 of 6/)
  screen.getByRole('link', { name: 'Follow it' })
})

test('what the cluster would refuse keeps one from creating', async () => {
  const refusals = [
    { kind: 'Ingress', name: 'user-canary', code: 'cluster-refuses', title: 'denied by quota' },
  ]
  serveStart({ review: () => userReview({ refusals }) })
  openStart(USER)
  await toReview()
  screen.getByText('The cluster would refuse Ingress user-canary.')
  expect(button('Create').getAttribute('aria-disabled')).toBe('true')
})

test('findings on what would be are shown before anything is created', async () => {
  serveStart()
  openStart(USER)
  await toReview()
  screen.getByText('user-canary has neither a weight nor a rule')
  screen.getByText('The cluster would accept all three.')
})

test('a release that appears on the route meanwhile is named, and nothing more can be created', async () => {
  serveStart()
  openStart(USER)
  await toReview()
  tell(routesFrame([userRoute('other-canary'), payRoute]))
  expect(textOf(await screen.findByRole('alert'))).toContain('other-canary')
  expect(button('Create').getAttribute('aria-disabled')).toBe('true')
})

test('a route that is gone meanwhile is said to be', async () => {
  serveStart()
  openStart(USER)
  await toReview()
  tell(routesFrame([payRoute]))
  await waitFor(() =>
    expect(screen.getAllByText('This route is not in the cluster any more.')).not.toEqual([]),
  )
  expect(button('Create').getAttribute('aria-disabled')).toBe('true')
})

test('read-only says why nothing goes on', async () => {
  const calls = serveStart()
  openStart(USER, { cluster: { readOnly: true } })
  await image()
  await userEvent.click(button('Continue'))
  expect(screen.getByText(/Read-only: Halftone was started/)).toBeDefined()
  expect(calls.filter(call => call.method === 'POST')).toEqual([])
})

test('a refused creation is said at the button, and the draft stays', async () => {
  serveStart({ create: refusing(404, { code: 'not-found', title: 'The Ingress is not there any more' }) })
  openStart(USER)
  await toReview()
  await userEvent.click(button('Create'))
  expect(textOf(await screen.findByRole('alert'))).toBe(
    'The Ingress is not there any more. Choose another route.',
  )
  expect(button('Create')).toBeDefined()
})

test('Create begins the work, and its link shows the same', async () => {
  const calls = serveStart()
  openStart(USER)
  await toReview()
  await userEvent.click(button('Create'))
  await waitFor(() => expect(window.location.search).toContain(`${ROUTE}&operation=op-1`))
  expect(calls.at(-1)?.body?.dryRun).toBeUndefined()
  expect(screen.queryByRole('button', { name: 'Change new version' })).toBeNull()
  step('Review').getByRole('tab', { name: /^Deployment/ })
})

test('several Deployments or containers are chosen from, and the fields follow', async () => {
  const [first] = userOffer().deployments
  const blue = { name: 'user-blue', replicas: 1, containers: [{ name: 'app', image: 'app:1', env: [] }] }
  serveStart({ offer: () => userOffer({ deployments: first ? [first, blue] : [blue] }) })
  openStart(USER)
  await image()
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Deployment to copy' }), 'user-blue')
  expect(await image()).toHaveProperty('value', 'app:1')
  expect(screen.getByRole('textbox', { name: 'Replicas' })).toHaveProperty('value', '1')
  screen.getByText('The review shows what the copies are called.')
  await userEvent.click(step('New version').getByRole('button', { name: 'Continue' }))
  const parked = await screen.findByText(/Everyone stays on/, {}, { timeout: 15_000 })
  expect(textOf(parked)).toContain('Everyone stays on user-v1 + user-blue.')
})

test('the same page in Chinese', async () => {
  serveStart()
  openStart(USER, { language: 'zh-CN' })
  screen.getByRole('heading', { level: 1, name: '为 /user 开始灰度发布' })
  await screen.findByRole('textbox', { name: '镜像' })
  screen.getByText(/两个版本将完全相同/)
})
