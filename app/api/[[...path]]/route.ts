import { refuse } from '@/lib/server/handle'

const nothing = refuse({
  code: 'not-found',
  title: 'There is nothing at this address; docs/api.md lists what there is',
})

export {
  nothing as DELETE,
  nothing as GET,
  nothing as HEAD,
  nothing as OPTIONS,
  nothing as PATCH,
  nothing as POST,
  nothing as PUT,
}
