import { describe, expect, it } from 'vitest'
import { countExpectations } from './counted-expect.ts'
import { Printed, StepEffect, StepFigures } from './subjects.ts'
import { defineMeasures } from '../config/measures.ts'
import { checkRehearsal, type RehearsalConfig } from '../config/rehearsal.ts'
import type { Step } from '../evidence/schema.ts'
import { makeEffect } from '../../tests/support/effect.ts'

describe('the expect of a spec', () => {
  it('takes a matcher that was met, chained or awaited', async () => {
    const counted = countExpectations(expect)
    counted.expect(1).not.toBe(2)
    await counted.expect(Promise.resolve(3)).resolves.toBe(3)
    await expect(counted.settle()).resolves.toBe(0)
  })

  it('refuses a test that asserts nothing', async () => {
    await expect(countExpectations(expect).settle()).rejects.toThrow('the test asserts nothing')
  })

  it('refuses an expect() without a matcher', async () => {
    const counted = countExpectations(expect)
    counted.expect(1).toBe(1)
    void counted.expect(2)
    void counted.expect(2).not
    await expect(counted.settle()).rejects.toThrow('2 expect() without a matcher')
  })

  it('does not take two matchers of one expect() for those of two', async () => {
    const counted = countExpectations(expect)
    const one = counted.expect(1)
    one.toBe(1)
    one.not.toBe(2)
    void counted.expect(3).toString()
    await expect(counted.settle()).rejects.toThrow('1 expect() without a matcher')
  })

  it('fails where the test caught a failure', async () => {
    const counted = countExpectations(expect)
    expect(() => counted.expect(1).toBe(2)).toThrow('expected 1 to be 2')
    counted.expect(1).toBe(1)
    await expect(counted.settle()).rejects.toThrow('expected 1 to be 2')
  })

  it('says how many failures were expected', async () => {
    const counted = countExpectations(expect)
    await counted.expect(Promise.reject(new Error('no'))).rejects.toThrow('no')
    await expect(counted.settle()).resolves.toBe(1)
  })

  it('refuses what comes after the end of its test, also where that is caught', async () => {
    const counted = countExpectations(expect)
    counted.expect(1).toBe(1)
    await counted.settle()
    const late = new Promise((resolve) => process.once('unhandledRejection', resolve))
    expect(() => counted.expect(1).toBe(2)).toThrow('an expect() was called after the end of its test')
    await expect(late).resolves.toMatchObject({ message: 'an expect() was called after the end of its test' })
  })

  it('refuses a snapshot, which would be written', () => {
    const counted = countExpectations(expect)
    expect(() => counted.expect({ own: 30 }).toMatchInlineSnapshot()).toThrow('records whatever it finds')
    expect(() => counted.expect({ own: 30 }).toMatchSnapshot()).toThrow('records whatever it finds')
  })

  it('finds a rejection that nobody awaited', async () => {
    const counted = countExpectations(expect)
    void counted.expect(Promise.resolve(1)).rejects.toThrow()
    await expect(counted.settle()).rejects.toThrow()
  })

  it('refuses undefined, and an empty object to match', () => {
    const counted = countExpectations(expect)
    expect(() => counted.expect(undefined)).toThrow('there is nothing to assert')
    expect(() => counted.expect({ a: 1 }).toMatchObject({})).toThrow('always passes')
  })
})

describe('figures', () => {
  const after = new StepFigures('after T3', config(), { own: 29, gap: null })

  it('are compared exactly, and told with the query that shows them', () => {
    expect(() => expectIn(after).toMeasure({ own: 30 })).toThrow(
      'after T3: measure "own" is 29, expected 30\n  shown by: SELECT count(*) FROM owners',
    )
  })

  it('are absent as null, which is not zero', () => {
    expect(() => expectIn(after).toMeasure({ gap: null })).not.toThrow()
    expect(() => expectIn(after).toMeasure({ gap: 0 })).toThrow('is absent, expected 0')
  })

  it('refuse an empty expectation and an unknown name', () => {
    expect(() => expectIn(after).toMeasure({})).toThrow('names no measure')
    expect(() => expectIn(after).toMeasure({ gpa: 0 })).toThrow('there is no measure "gpa"')
    expect(() => after.get('gpa')).toThrow('there is no measure "gpa"')
  })

  it('of two moments are compared one by one', () => {
    const before = new StepFigures('before T3', config(), { own: 0, gap: null })
    expect(() => expectIn(after).toEqualMeasures(before)).toThrow('after T3: measure "own" is 29, expected 0')
    expect(() => expectIn(after).toEqualMeasures(new StepFigures('elsewhere', config(), {}))).toThrow(
      'no measure in common',
    )
  })
})

describe('an effect', () => {
  it('is compared whole: what was not declared is told', () => {
    const declared: unknown[] = []
    const step = {
      ...({ id: 'T1' } as Step),
      effect: makeEffect({
        rows: { loans: { inserted: 3, keys: ['(7)'] } },
        created: [['table', 'public.made']],
        sequences: { loans_id_seq: { before: '2', after: '5', moved: 3 } },
      }),
    }
    const effect = new StepEffect(step, (partial) => declared.push(partial))
    const { expect: counted } = countExpectations(expect)
    const whole = {
      rows: { loans: { inserted: 3 } },
      created: { table: 1 },
      sequences: { loans_id_seq: 3 },
    }
    expect(() => counted(effect).toBeExactly(whole)).not.toThrow()
    expect(() => counted(effect).toBeExactly({})).toThrow(
      'T1: rows inserted in loans: 3, declared 0 (among them (7))',
    )
    expect(() => counted(effect).toBeExactly({ ...whole, sequences: {} })).toThrow(
      'T1: sequence loans_id_seq gave out 3 values, declared 0 (was at 2, is at 5)',
    )
    expect(() =>
      counted(effect).toBeExactly({ rows: whole.rows, partial: 'tables come later' }),
    ).not.toThrow()
    expect(() => counted(effect).toBeExactly({ rows: whole.rows, partial: ' ' })).toThrow('needs a reason')
    expect(() => counted(effect).toBeExactly({ partial: 'all of it' })).toThrow('must declare something')
    expect(declared).toEqual([null, null, null, 'tables come later'])
  })

  it('is none of a step that is not on the clone', () => {
    const effect = new StepEffect({ ...({ id: 'baseline' } as Step), effect: null }, () => undefined)
    expect(() => countExpectations(expect).expect(effect).toBeExactly({})).toThrow('has no effect to declare')
  })
})

describe('what was printed', () => {
  it('is compared key by key', () => {
    const message = 'T3 SEED: new=29 gap=0'
    const printed = new Printed({
      ...({ id: 'T3' } as Step),
      notices: [{ severity: 'NOTICE', message, file: null, line: null }],
    })
    const counted = countExpectations(expect)
    expect(() => counted.expect(printed).toReport({ new: 29, gap: 0 })).not.toThrow()
    expect(() => counted.expect(printed).toReport({ new: 30 })).toThrow('T3: printed new=29, expected new=30')
    expect(() => counted.expect(printed).toReport({ own: 30 })).toThrow(
      'T3: printed no own=…, expected own=30',
    )
    expect(() => counted.expect(printed).toReport({})).toThrow('names no printed key')
  })
})

function expectIn(figures: StepFigures) {
  return countExpectations(expect).expect(figures)
}

function config(): RehearsalConfig {
  return checkRehearsal(
    {
      name: 'Library',
      production: { database: 'library', owner: 'librarian', script: 'make.sql' },
      golden: { database: 'golden', rewind: 'rewind.sql', experiments: 'experiments.sql', rewound: [] },
      clone: { database: 'clone' },
      release: {
        directory: '.',
        script: 'run.sql',
        rollback: { file: 'rollback.sql' },
        tiers: [{ id: 'T3', title: 'seed', file: 't3.sql', guarded: true }],
      },
      gate: { title: 'gate', apply: 'SELECT 1', revoke: 'SELECT 1' },
      measures: defineMeasures({
        own: { title: 'owners', sql: 'SELECT count(*) FROM owners' },
        gap: { title: 'gap', needs: ['gaps'], sql: 'SELECT count(*) FROM gaps' },
      }),
      divergences: [],
    },
    'the test',
  )
}
