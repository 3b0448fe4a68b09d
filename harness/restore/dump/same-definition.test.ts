import { describe, expect, it } from 'vitest'
import { isSameDefinition } from './same-definition.ts'

describe('two definitions', () => {
  it.each([
    ['SELECT a FROM t WHERE ((a OR b) OR c)', 'SELECT a FROM t WHERE (a OR b OR c)'],
    ['(((a > 1) AND (b > 2)) AND (c > 3))', '((a > 1) AND (b > 2) AND (c > 3))'],
    ['CHECK ((((a OR b)) OR (c)))', 'CHECK ((a OR b OR c))'],
    ['CREATE INDEX i ON t (a) WHERE (a OR (b OR c))', 'CREATE INDEX i ON t (a) WHERE ((a OR b) OR c)'],
  ])('are the same where only nesting differs: %s', async (first, second) => {
    expect(await isSameDefinition(first, second)).toBe(true)
  })

  it.each([
    ['SELECT a FROM t WHERE a AND (b OR c)', 'SELECT a FROM t WHERE (a AND b) OR c'],
    ['SELECT a FROM t WHERE NOT (a OR b)', 'SELECT a FROM t WHERE (NOT a) OR b'],
    ["'1.0'::numeric", "'1.00'::numeric"],
    ["SELECT 'a  b'", "SELECT 'a b'"],
    ['CHECK ((a > 1))', 'CHECK ((a > 1)) NOT VALID'],
    ['no sql (', 'no sql ('.toUpperCase()],
    ['directus=r/directus', 'directus=rw/directus'],
  ])('are not where the meaning does: %s', async (first, second) => {
    expect(await isSameDefinition(first, second)).toBe(false)
  })

  it('are not the same where one is missing', async () => {
    expect(await isSameDefinition(null, 'SELECT 1')).toBe(false)
    expect(await isSameDefinition('SELECT 1', null)).toBe(false)
  })
})
