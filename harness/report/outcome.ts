import type { Divergence, Evidence, Step, TestRecord } from '../evidence/schema.ts'
import { formatCount, formatInteger } from './units.ts'

/** What to say of a step: a performed one passes only if neither the stage nor a test found anything wrong. */
export type Outcome = 'PASS' | 'FAIL' | 'ERROR' | 'BLOCKED' | 'NOT RUN'

interface TestCounts {
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
  if (step.problems.length > 0) return 'FAIL'
  const own = tests.filter((test) => test.step === step.id)
  if (own.some((test) => test.status === 'failed')) return 'FAIL'
  return own.some((test) => test.status === 'error') ? 'ERROR' : 'PASS'
}

function countTests(tests: readonly TestRecord[]): TestCounts {
  const count = (status: TestRecord['status']) => tests.filter((test) => test.status === status).length
  return {
    passed: count('passed'),
    failed: count('failed'),
    error: count('error'),
    skipped: count('skipped'),
  }
}

/** `143 passed, 0 failed`, then errors and skipped where there are any. */
export function formatTestCounts(tests: readonly TestRecord[]): string {
  const { passed, failed, error, skipped } = countTests(tests)
  const counts = [`${formatInteger(passed)} passed`, `${formatInteger(failed)} failed`]
  if (error > 0) counts.push(formatCount(error, 'error'))
  if (skipped > 0) counts.push(`${formatInteger(skipped)} skipped`)
  return counts.join(', ')
}

/** Acts and tiers that failed, could not be performed, or in which the stage found something wrong. */
export function findFailedSteps(evidence: Evidence): Step[] {
  return [...evidence.acts, ...evidence.tiers].filter(
    (step) => step.status === 'failed' || step.status === 'error' || step.problems.length > 0,
  )
}

export function findFailedTests(evidence: Evidence): TestRecord[] {
  return evidence.tests.filter((test) => test.status === 'failed' || test.status === 'error')
}

/** What went wrong with a step, each in its own words. */
export function findFaults({ reason, problems }: Step): string[] {
  return [...(reason === null ? [] : [reason]), ...problems]
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

/** Divergences as they were declared: several figures can have the one cause. */
export function countDeclared(divergences: readonly Divergence[]): number {
  return new Set(divergences.filter(({ declared }) => declared).map(({ title }) => title)).size
}

/** Where a failed test failed: its file, and the line, if its stack has it. */
export function locate({ file, failures }: TestRecord): string {
  const lines = failures.flatMap(({ stack }) => stack?.split('\n') ?? [])
  const numbers = lines.map((line) => /^\d+/.exec(line.split(`${file}:`)[1] ?? '')?.[0])
  const number = numbers.find((found) => found !== undefined)
  return number === undefined ? file : `${file}:${number}`
}
