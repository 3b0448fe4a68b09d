import { expect, it } from 'vitest'
import { checkRehearsal } from './rehearsal.ts'
import { measuresSchema } from './measures.ts'

const group = {
  title: 'loans by kind',
  each: 'SELECT kind, count(*) FROM loans GROUP BY kind',
  kinds: ['late'],
}

it('takes a figure, and a figure a kind', () => {
  const single = { title: 'loans', sql: 'SELECT count(*) FROM loans', views: ['SELECT n FROM v_loans'] }
  expect(measuresSchema.parse({ loans: single, loans_by: group })).toEqual({ loans: single, loans_by: group })
})

it('refuses views beside a figure a kind, which nothing would compare', () => {
  const measures = { loans_by: { ...group, views: ['SELECT n FROM v_loans'] } }
  expect(() => checkRehearsal({ measures }, 'rehearsal.config.ts')).toThrow(/measures\.loans_by.*views/)
})
