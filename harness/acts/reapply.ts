import { describeFailure } from '../executor/require-success.ts'
import { describeUnlike } from './common/applied.ts'
import { required, type Outcome, type World } from '../stage/world.ts'
import { judgeRollback } from './common/judge-rollback.ts'
import { readClone } from './common/read-clone.ts'
import { findRollbackFault, readRollbackSettings } from './common/judge-rollback.ts'
import { runExecutor, runRollback } from './common/run-variant.ts'

/**
 * Rolls the second clone back, and runs the release on it again: it must come to the same, but for numbers that were
 * given out before and are not given out again.
 */
export async function performReapply(world: World): Promise<Outcome> {
  const fault = findRollbackFault(world)
  if (fault !== undefined) return fault
  const gated = required(world.gated, 'clone with its gate open')
  const failure = describeFailure(await runRollback(world))
  if (failure !== undefined) return { status: 'failed', reason: `rolled back: ${failure}` }
  const residue = await judgeRollback(gated, await readClone(world), readRollbackSettings(world))
  const again = await runExecutor(world)
  if (again !== undefined) return { status: 'failed', reason: `forward again: ${again}` }
  const after = await readClone(world)
  return {
    status: 'performed',
    problems: [
      ...residue.map((sentence) => `rolled back: ${sentence}`),
      ...(await describeUnlike(world, after, 'natural')).map((sentence) => `forward again: ${sentence}`),
    ],
    change: { before: required(world.applied, 'release applied').reading.figures, after: after.figures },
  }
}
