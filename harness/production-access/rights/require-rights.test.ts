import { expect, it } from 'vitest'
import type { RehearsalError } from '../../errors.ts'
import { requireRights } from './require-rights.ts'
import type { Right } from './right.ts'

const reading = { role: 'reader', writes: [], unneeded: [], missing: [], definerFunctions: [] }

function mayInsert(table: string): Right {
  return {
    right: 'INSERT',
    on: `TABLE public.${table}`,
    through: 'PUBLIC',
    means: null,
    revoke: `REVOKE INSERT ON TABLE public.${table} FROM PUBLIC;`,
  }
}

function refusal(...args: Parameters<typeof requireRights>): RehearsalError {
  try {
    requireRights(...args)
  } catch (error) {
    return error as RehearsalError
  }
  throw new Error('it was let in')
}

it('lets in who may only read, and all', () => {
  expect(() => requireRights('production "library"', reading)).not.toThrow()
})

it('names each right to write, and the statement that takes it away', () => {
  const error = refusal('production "library"', {
    ...reading,
    writes: [mayInsert('loans'), mayInsert('books')],
  })
  expect(error.code).toBe('READER_MAY_WRITE')
  expect(error.message).toBe(
    [
      '"reader" may write in production "library", 2 rights:',
      '  INSERT on TABLE public.loans, through PUBLIC',
      '  INSERT on TABLE public.books, through PUBLIC',
    ].join('\n'),
  )
  expect(error.hint).toContain('  REVOKE INSERT ON TABLE public.loans FROM PUBLIC;\n')
  expect(error.hint).toContain('production.readerMayWrite')
})

it('tells twenty of many, and how many more there are', () => {
  const writes = Array.from({ length: 23 }, (_, place) => mayInsert(`t${place}`))
  const error = refusal('production', { ...reading, writes })
  expect(error.message.split('\n').slice(-2)).toEqual([
    '  INSERT on TABLE public.t19, through PUBLIC',
    '  … and 3 more',
  ])
  expect(error.details['writes']).toHaveLength(23)
})

it('lets in who may write where a reason was declared', () => {
  const rights = { ...reading, writes: [mayInsert('loans')] }
  expect(() => requireRights('production', rights, 'the only role that the host gives')).not.toThrow()
})

it('names what is missing, and the statement that gives it', () => {
  const grant = 'GRANT SELECT ON TABLE public.loans TO reader;'
  const missing = [{ right: 'SELECT', on: 'TABLE public.loans', grant }]
  const error = refusal('golden "library_golden"', { ...reading, missing }, 'declared')
  expect({ code: error.code, message: error.message, hint: error.hint }).toEqual({
    code: 'READER_LACKS_RIGHTS',
    message: '"reader" cannot read all of golden "library_golden", it lacks:\n  SELECT on TABLE public.loans',
    hint: `run as a superuser in that database:\n  ${grant}`,
  })
})
