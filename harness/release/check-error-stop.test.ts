import { describe, expect, it } from 'vitest'
import { checkErrorStop } from './check-error-stop.ts'

const check = (script: string, tier = 'SELECT 1;\n') =>
  checkErrorStop(
    'run_all.sql',
    new Map([
      ['run_all.sql', script],
      ['t0.sql', tier],
    ]),
  )

describe('a release', () => {
  it.each(['on', 'ON', '1', "'on'", 'true'])('stops at errors where its script says so: %s', (value) => {
    expect(() => check(`-- All.\n\\set ON_ERROR_STOP ${value}\n\\ir t0.sql\n`)).not.toThrow()
  })

  it.each([
    ['says nothing', '\\ir t0.sql\n'],
    ['says it too late', '\\ir t0.sql\n\\set ON_ERROR_STOP on\n'],
    ['says it in a comment', '-- \\set ON_ERROR_STOP on\n\\ir t0.sql\n'],
  ])('is refused where its script %s', (_what, script) => {
    expect(() => check(script)).toThrow('the script does not stop on errors')
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
    const script = '\\set ON_ERROR_STOP on\n\\ir t0.sql\n'
    expect(() => check(script, `SELECT 1;\n${line}\n`)).toThrow(
      't0.sql:2: the release turns ON_ERROR_STOP off',
    )
  })
})
