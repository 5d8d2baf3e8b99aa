import { isIP } from 'node:net'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import type { Draft } from '../object'
import type { Check } from './check'

/** Checks an EndpointSlice. Limits: loopback addresses are allowed here, unlike in the real API server. */
export function checkEndpointSlice(check: Check, draft: Draft): void {
  const type = textOf(draft.addressType)
  if (type === '') check.required('addressType')
  else if (!['IPv4', 'IPv6', 'FQDN'].includes(type))
    check.unsupported('addressType', type, ['FQDN', 'IPv4', 'IPv6'])
  itemsOf(draft.endpoints).forEach((raw, i) => {
    const addresses = itemsOf(fieldsOf(raw).addresses)
    if (addresses.length === 0) check.required(`endpoints[${i}].addresses`, 'must contain at least 1 address')
    addresses.forEach((address, j) => {
      const version = isIP(textOf(address))
      const fits = type === 'FQDN' || (type === 'IPv6' ? version === 6 : version === 4)
      const why =
        version === 0
          ? 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'
          : `must be an ${type} address`
      if (!fits) check.invalid(`endpoints[${i}].addresses[${j}]`, address, why)
    })
  })
}
