import { describe, expect, it } from 'vitest'
import { checkErrorStop } from './check-error-stop.ts'

const check = (executor: string, tier = 'SELECT 1;\n') =>
  checkErrorStop(
    'run_all.sql',
    new Map([
      ['run_all.sql', executor],
      ['t0.sql', tier],
    ]),
  )

describe('a release', () => {
  it.each(['on', 'ON', '1', "'on'", 'true'])('stops at errors where its executor says so: %s', (value) => {
    expect(() => check(`-- All.\n\\set ON_ERROR_STOP ${value}\n\\ir t0.sql\n`)).not.toThrow()
  })

  it.each([
    ['says nothing', '\\ir t0.sql\n'],
    ['says it too late', '\\ir t0.sql\n\\set ON_ERROR_STOP on\n'],
    ['says it in a comment', '-- \\set ON_ERROR_STOP on\n\\ir t0.sql\n'],
  ])('is refused where its executor %s', (_what, executor) => {
    expect(() => check(executor)).toThrow('the executor does not stop at errors')
  })

  it.each([
    '\\set ON_ERROR_STOP off',
    '\\set :n off',
    "\\set 'ON_ERROR\\137STOP' off",
    '\\unset :n',
    '\\set ON_ERROR_STOP 0',
    '\\unset ON_ERROR_STOP',
    '\\set ON_ERROR_STOP',
  ])('is refused where a tier turns it off: %s', (line) => {
    const executor = '\\set ON_ERROR_STOP on\n\\ir t0.sql\n'
    expect(() => check(executor, `SELECT 1;\n${line}\n`)).toThrow(
      't0.sql:2: the release turns ON_ERROR_STOP off',
    )
  })
})
