import { expect, it } from 'vitest'
import { judgeProbes } from './escape-attempts.ts'

it('takes a way for harmless only where it was refused, or is none', () => {
  expect(
    judgeProbes([
      { way: 'dblink', outcome: 'refused', answer: 'no password supplied' },
      { way: 'postgres_fdw', outcome: 'not tried', answer: 'the server has no extension postgres_fdw' },
      { way: 'COPY', outcome: 'reached', answer: 'connected' },
      { way: 'psql', outcome: 'unclear', answer: 'not found' },
    ]),
  ).toEqual([
    'production was reached from the clone: COPY',
    'whether production is out of reach was not shown: psql failed otherwise: not found',
  ])
})
