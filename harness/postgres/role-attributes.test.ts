import { expect, it } from 'vitest'
import { roles } from '../fingerprint/catalog/declarations/roles.ts'
import { roleAttributes, writeAttribute } from './role-attributes.ts'

it('are all columns of a role that a fingerprint compares, by its names, but for the password', () => {
  const compared = Object.entries(roles.columns).flatMap(([column, reading]) =>
    'attribute' in reading ? [{ column, name: reading.attribute }] : [],
  )
  expect(roleAttributes.map(([column, name]) => ({ column, name }))).toEqual(
    compared.filter(({ column }) => column !== 'rolpassword'),
  )
})

it.each([
  ['rolsuper', 'true', ['SUPERUSER']],
  ['rolcanlogin', 'false', ['NOLOGIN']],
  ['rolconnlimit', '3', ['CONNECTION LIMIT 3']],
  ['rolvaliduntil', "2031-05-01 o'clock", ["VALID UNTIL '2031-05-01 o''clock'"]],
  ['rolvaliduntil', null, []],
])('of which %s is written with its value %s', (column, value, options) => {
  const attribute = roleAttributes.find(([name]) => name === column)!
  expect(writeAttribute(attribute, value)).toEqual(options)
})
