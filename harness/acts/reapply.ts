import { printDifferences } from '../comparison/print-difference.ts'
import { describeFailure } from '../executor/require-success.ts'
import { defineAct } from './common/act.ts'
import { compareWithApplied, stepped } from './common/applied.ts'
import { findRollbackFault, judgeRollback, readRollbackSettings } from './common/judge-rollback.ts'
import { readClone } from './common/read-clone.ts'
import { noRollback, runExecutor, runRollback } from './common/run-variant.ts'
import { fullRead } from './full-read.ts'
import { gate } from './gate.ts'
import { oneShot } from './one-shot.ts'
import { firstRollback } from './rollback.ts'

/**
 * Rolls the second clone back, and runs the release on it again: the result must be the same, but for numbers that were
 * given out before and are not given out again.
 */
export const reapply = defineAct({
  id: 'reapply',
  title: 'rolled back and applied again: the same result',
  folder: 'proofs',
  section: 'proofs',
  requires: ['freshCopies'],
  declaredBy: ({ release }) => release.rollback,
  notShown: noRollback,
  needs: { gate, fullRead, oneShot, firstRollback },
  async perform(run, { gate: opened, fullRead: { applied }, oneShot: { clone } }, rollback) {
    const gated = opened?.reading ?? clone.entry.reading
    const fault = findRollbackFault(run)
    if (fault !== undefined) return fault
    const failure = describeFailure(await runRollback(run, clone))
    if (failure !== undefined) return { status: 'failed' as const, reason: `rolled back: ${failure}` }
    const residue = await judgeRollback(
      gated,
      await readClone(run, clone),
      readRollbackSettings(run, rollback),
    )
    const again = await runExecutor(run, clone)
    if (again !== undefined) return { status: 'failed' as const, reason: `applied again: ${again}` }
    const now = await readClone(run, clone)
    const unlike = await compareWithApplied(run, { applied, clone, now, likeness: 'natural' })
    return {
      status: 'performed' as const,
      problems: [
        ...residue.map((sentence) => `rolled back: ${sentence}`),
        ...printDifferences(unlike, ...stepped).map((sentence) => `applied again: ${sentence}`),
      ],
      change: { before: applied.reading.figures, after: now.figures },
    }
  },
})
