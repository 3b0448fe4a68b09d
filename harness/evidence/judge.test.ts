import { describe, expect, it } from 'vitest'
import { judge, type Findings } from './judge.ts'
import type { Step, TestRecord } from './schema.ts'
import { makeEffect } from '../../tests/support/effect.ts'

describe('judge', () => {
  it('passes a whole run in which every step was performed and has a spec that passed', () => {
    expect(judge(whole())).toEqual({ verdict: 'pass', reasons: [] })
  })

  it.each<[string, Partial<Findings>, string]>([
    [
      'a step failed',
      { steps: [step('T1', { status: 'failed', reason: 'psql exit 3\nmore' })] },
      'T1 failed: psql exit 3',
    ],
    ['the stage found a problem', { steps: [step('T1', { problems: ['a view lies'] })] }, 'T1: a view lies'],
    [
      'a test failed',
      { tests: [test('T1', { status: 'failed', failures: [{ message: 'own is 29', stack: null }] })] },
      'T1 holds: own is 29',
    ],
    [
      'the release itself is not what was declared',
      { faults: [{ verdict: 'fail', reason: '8 guards' }] },
      '8 guards',
    ],
  ])('fails where %s', (_what, change, reason) => {
    const { verdict, reasons } = judge({ ...whole(), ...change })
    expect(verdict).toBe('fail')
    expect(reasons).toContain(reason)
  })

  it.each<[string, Partial<Findings>, string]>([
    [
      'a step was never asked for',
      { steps: [step('T1'), step('T2', { status: 'pending' })] },
      'T2 was not performed: no spec requests it',
    ],
    [
      'a step could not be performed',
      { steps: [step('T1', { status: 'error', reason: 'no disk' })] },
      'T1: no disk',
    ],
    [
      'a step was blocked',
      { steps: [step('T1'), step('T2', { status: 'blocked', reason: 'T1 failed: x' })] },
      'not performed: T2 (T1 failed: x)',
    ],
    [
      'no spec declares the effect of a step',
      { steps: [step('T1', { effect: makeEffect() })] },
      'the effect of T1 is not declared by any spec that passed: npx rehearse effect T1 prints it',
    ],
    ['a step has no spec that passed', { steps: [step('T1'), step('T2')] }, 'T2 has no spec that passed'],
    [
      'a spec file gave no test',
      { specFiles: ['specs/tiers/t1.spec.ts', 'specs/tiers/gone.spec.ts'] },
      'specs/tiers/gone.spec.ts defines no test',
    ],
    [
      'a test belongs to no step',
      { tests: [test('T1'), { ...test('T1', { name: 'odd' }), step: null }] },
      'specs/tiers/t1.spec.ts: odd: it does not belong to an act or tier',
    ],
    [
      'a test was skipped',
      { tests: [test('T1'), test('T1', { name: 'later', status: 'skipped', reason: 'not now' })] },
      'skipped: later (not now)',
    ],
    [
      'a test could not be run',
      { tests: [test('T1'), test('T1', { name: 'odd', status: 'error', reason: 'never ran' })] },
      'specs/tiers/t1.spec.ts: odd: never ran',
    ],
    ['no test ran', { tests: [] }, 'no test ran'],
    [
      'only a part was asked for',
      { selection: 'tiers/t1' },
      'only some of the specs were requested: tiers/t1',
    ],
    [
      'something went wrong outside of any test',
      { faults: [{ verdict: 'unknown', reason: 'socket left' }] },
      'socket left',
    ],
  ])('can not tell where %s', (_what, change, reason) => {
    const { verdict, reasons } = judge({ ...whole(), ...change })
    expect(verdict).toBe('unknown')
    expect(reasons).toContain(reason)
  })

  it('can not tell where a step has no test but the one that stands for it', () => {
    const only = test('T1', { name: 'T1 seed > is performed, and the harness finds no problem' })
    expect(judge({ ...whole(), tests: [only] })).toEqual({
      verdict: 'unknown',
      reasons: ['T1 has no spec that passed'],
    })
  })

  it('can not tell after an interruption, whatever failed by it', () => {
    const failed = { steps: [step('T1', { status: 'failed' as const, reason: 'SIGTERM' })] }
    const { verdict, reasons } = judge({ ...whole(), ...failed, interruption: 'interrupted by SIGINT' })
    expect(verdict).toBe('unknown')
    expect(reasons[0]).toBe('interrupted by SIGINT')
  })

  it('fails rather than not telling where both are so', () => {
    const findings = {
      ...whole(),
      faults: [{ verdict: 'unknown' as const, reason: 'odd' }],
      steps: [step('T1', { problems: ['wrong'] })],
    }
    expect(judge(findings)).toEqual({ verdict: 'fail', reasons: ['T1: wrong', 'odd'] })
  })

  it('tells a step before those that come after it, and what the step tells itself no second time', () => {
    const failed = (id: string, name: string) =>
      test(id, { name, status: 'failed', failures: [{ message: 'odd', stack: null }] })
    const { reasons } = judge({
      ...whole(),
      steps: [
        step('T1'),
        step('T2', { problems: ['left behind'] }),
        step('T3', { status: 'failed', reason: 'no' }),
      ],
      tests: [
        failed('T2', 'T2 is performed, and the harness finds no problem'),
        failed('T1', 'T1 holds'),
        failed('T9', 'T9 is of no step'),
      ],
    })
    expect(reasons.slice(0, 4)).toEqual([
      'T3 failed: no',
      'T1 holds: odd',
      'T2: left behind',
      'T9 is of no step: odd',
    ])
  })

  it('tells tests that were skipped with their step by the step alone', () => {
    const blocked = step('T2', { status: 'blocked', reason: 'T1 failed: x' })
    const { reasons } = judge({
      ...whole(),
      steps: [step('T1'), blocked],
      tests: [test('T1'), test('T2', { status: 'skipped', reason: 'blocked: T1 failed: x' })],
    })
    expect(reasons).toEqual(['not performed: T2 (T1 failed: x)'])
  })

  it('does not take a skip for blocked because its reason says so', () => {
    const { verdict } = judge({
      ...whole(),
      tests: [test('T1'), test('T1', { name: 'sly', status: 'skipped', reason: 'blocked: x' })],
    })
    expect(verdict).toBe('unknown')
  })
})

function whole(): Findings {
  return {
    steps: [step('T1')],
    tests: [test('T1')],
    specFiles: ['specs/tiers/t1.spec.ts'],
    selection: null,
    faults: [],
    interruption: null,
  }
}

function step(id: string, change: Partial<Step> = {}): Step {
  return {
    id,
    title: 'seed',
    kind: 'tier',
    section: 'run result',
    status: 'performed',
    reason: null,
    problems: [],
    durationMs: 1,
    sqlMs: 1,
    before: {},
    after: {},
    effect: null,
    needsSpec: true,
    notices: [],
    facts: {},
    ...change,
  }
}

function test(stepId: string, change: Partial<TestRecord> = {}): TestRecord {
  return {
    file: 'specs/tiers/t1.spec.ts',
    name: `${stepId} holds`,
    step: stepId,
    status: 'passed',
    durationMs: 1,
    reason: null,
    failures: [],
    declares: null,
    ...change,
  }
}
