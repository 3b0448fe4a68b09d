import { type Counts, isReadingFault, readJunit } from './junit-file.ts'
import { formatCounts } from './counts.ts'
import type { Run } from './run-step.ts'

export interface StepResult extends Run {
  /** Why the step failed, in words; undefined if it passed. */
  readonly fault: string | undefined
  /** What its own JUnit file counts, where that can be trusted. */
  readonly counts: Counts | undefined
}

/** Tells whether a step passed: it ended well, and its JUnit file, if it owes one, is of this check and all green. */
export async function judge(run: Run, startedAt: number): Promise<StepResult> {
  const { step, ending } = run
  if (step.junit === undefined) return { ...run, fault: ending, counts: undefined }
  const reading = await readJunit(step.junit, startedAt)
  if (isReadingFault(reading)) {
    const fault = `${step.junit} ${reading.fault}`
    return { ...run, fault: ending === undefined ? fault : `${ending}, and ${fault}`, counts: undefined }
  }
  if (reading.failed === 0) return { ...run, fault: ending, counts: reading }
  return { ...run, fault: `${formatCounts(reading)}, and ${ending ?? 'exit code 0'}`, counts: reading }
}
