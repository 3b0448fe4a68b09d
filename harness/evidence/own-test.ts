import { stepTestName } from './judge.ts'
import type { Step, TestRecord } from './schema.ts'

/** The reported test of an act for which the project has no spec: the act's own judgement. */
export function toOwnTest({ id, title, status, reason, problems, durationMs }: Step): TestRecord {
  const failure = status === 'performed' ? problems.join('\n') : (reason ?? status)
  const hasFailed = status === 'failed' || (status === 'performed' && problems.length > 0)
  const wasSkipped = status === 'blocked' || status === 'pending'
  return {
    file: `dress-rehearsal/acts/${id}`,
    name: `${id} ${title} > ${stepTestName}`,
    step: id,
    status: hasFailed ? 'failed' : wasSkipped ? 'skipped' : status === 'error' ? 'error' : 'passed',
    durationMs,
    reason: wasSkipped ? `blocked: ${failure}` : null,
    failures: hasFailed || status === 'error' ? [{ message: failure, stack: null }] : [],
    declares: null,
  }
}

/** Puts the tests of acts among those of the spec files, in the order of the steps. */
export function inOrderOfSteps(
  specs: readonly TestRecord[],
  own: readonly TestRecord[],
  steps: readonly Step[],
): TestRecord[] {
  const rank = ({ step }: TestRecord): number => steps.findIndex(({ id }) => id === step)
  const ordered = [...specs]
  for (const test of own) {
    const next = ordered.findIndex((other) => rank(other) > rank(test))
    ordered.splice(next < 0 ? ordered.length : next, 0, test)
  }
  return ordered
}
