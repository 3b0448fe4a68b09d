import { expect, it } from 'vitest'
import { judgeProbes } from './escape-attempts.ts'

it('takes a way for harmless only where it was refused, or is none', () => {
  expect(
    judgeProbes([
      { escape: 'dblink', outcome: 'refused', answer: 'no password supplied' },
      { escape: 'postgres_fdw', outcome: 'not tried', answer: 'the server has no extension postgres_fdw' },
      { escape: 'COPY', outcome: 'reached', answer: 'connected' },
      { escape: 'psql', outcome: 'unclear', answer: 'not found' },
    ]),
  ).toEqual([
    'production was reached from the clone: COPY',
    'it was not shown that production is out of reach: psql failed for another reason: not found',
  ])
})
