import { describeFailure } from '../executor/require-success.ts'
import { findMisprints } from '../measure/contradictions.ts'
import type { Reading } from '../measure/reading.ts'
import { describeDifferences } from '../comparison/describe-differences.ts'
import { judgeRollback } from './common/judge-rollback.ts'
import { required, type Outcome, type World } from '../stage/world.ts'
import { changeBetween, readClone } from './common/read-clone.ts'
import { readRollbackSettings } from './common/judge-rollback.ts'
import { runRollback } from './common/run-variant.ts'

/** Rolls the release back by a fresh psql; the clone must then stand as it did just before the first tier. */
export async function performFirstRollback(world: World): Promise<Outcome> {
  const gated = required(world.gated, 'clone with its gate open')
  await world.run?.[Symbol.asyncDispose]()
  return rollBack(world, (after) =>
    judgeRollback(gated, after, { ...readRollbackSettings(world), elsewhere: readElsewhere(world) }),
  )
}

/** Rolls back what is rolled back already: exit 0, and nothing changes, to the last sequence. */
export async function performSecondRollback(world: World): Promise<Outcome> {
  const before = required(world.latest, 'clone')
  return rollBack(world, (after) =>
    describeDifferences('the clone after the first rollback', before, 'the clone after the second', after, {
      isNext: true,
    }),
  )
}

/** What the second run, or a tier that failed, drew from sequences: that is told there, and no rollback's matter. */
function readElsewhere({ steps }: World): Record<string, number> {
  const drawn: Record<string, number> = {}
  for (const { id, status, effect } of steps.values()) {
    if (effect === null || (id !== 'second-run' && status !== 'failed')) continue
    for (const [name, { moved }] of Object.entries(effect.sequences)) {
      drawn[name] = (drawn[name] ?? 0) + (moved ?? 0)
    }
  }
  return drawn
}

async function rollBack(world: World, compare: (after: Reading) => Promise<string[]>): Promise<Outcome> {
  const { config } = world
  const before = required(world.latest, 'clone')
  const result = await runRollback(world)
  const after = await readClone(world)
  const shared = {
    change: changeBetween(before, after),
    notices: result.notices,
    sqlMs: result.durationMs,
    facts: { exitCode: result.exitCode, error: result.error === null ? null : { ...result.error } },
  }
  const failure = describeFailure(result)
  if (failure !== undefined) return { ...shared, status: 'failed', reason: failure }
  return {
    ...shared,
    status: 'performed',
    problems: [
      ...(await compare(after)),
      ...after.contradictions,
      ...findMisprints(result.notices, config.release.rollback.prints ?? {}, after.figures),
    ],
  }
}
