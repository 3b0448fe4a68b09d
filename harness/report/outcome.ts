import type { Evidence, Step, TestRecord } from '../evidence/schema.ts'

/** What to say of a step: a performed one passes only if no test of it went wrong. */
export type Outcome = 'PASS' | 'FAIL' | 'ERROR' | 'BLOCKED' | 'NOT RUN'

export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly error: number
  readonly skipped: number
}

export function judgeStep(step: Step, tests: readonly TestRecord[]): Outcome {
  if (step.status === 'failed') return 'FAIL'
  if (step.status === 'error') return 'ERROR'
  if (step.status === 'blocked') return 'BLOCKED'
  if (step.status === 'pending') return 'NOT RUN'
  const own = tests.filter((test) => test.step === step.id)
  if (own.some((test) => test.status === 'failed')) return 'FAIL'
  return own.some((test) => test.status === 'error') ? 'ERROR' : 'PASS'
}

export function countTests(tests: readonly TestRecord[]): TestCounts {
  const count = (status: TestRecord['status']) => tests.filter((test) => test.status === status).length
  return {
    passed: count('passed'),
    failed: count('failed'),
    error: count('error'),
    skipped: count('skipped'),
  }
}

/** Acts and tiers that failed or could not be performed. */
export function findFailedSteps(evidence: Evidence): Step[] {
  return [...evidence.acts, ...evidence.tiers].filter(
    (step) => step.status === 'failed' || step.status === 'error',
  )
}

export function findFailedTests(evidence: Evidence): TestRecord[] {
  return evidence.tests.filter((test) => test.status === 'failed' || test.status === 'error')
}

export interface SkippedGroup {
  readonly file: string
  readonly reason: string
  readonly count: number
}

/** Skipped tests, counted by file and reason, in evidence order. */
export function groupSkipped(tests: readonly TestRecord[]): SkippedGroup[] {
  const groups = new Map<string, SkippedGroup>()
  for (const { file, reason, status } of tests) {
    if (status !== 'skipped') continue
    const stated = reason ?? 'no reason stated'
    const key = JSON.stringify([file, stated])
    groups.set(key, { file, reason: stated, count: (groups.get(key)?.count ?? 0) + 1 })
  }
  return [...groups.values()]
}
