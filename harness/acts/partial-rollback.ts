import { isEmptyEffect } from '../evidence/declared-effect.ts'
import { describeFailure } from '../executor/require-success.ts'
import { startVariant } from './common/run-variant.ts'
import { enterProofClone } from '../host/proof-clone.ts'
import { type Outcome, type World } from '../stage/world.ts'
import { judgeRollback } from './common/judge-rollback.ts'
import { readClone } from './common/read-clone.ts'
import { runStatement } from './common/run-on-clone.ts'
import { findRollbackFault, readRollbackSettings } from './common/judge-rollback.ts'
import { runRollback } from './common/run-variant.ts'

/**
 * Lets the release run as far as each tier but the last, and rolls it back from there: each time the clone must stand
 * as just before the first tier. A state that the tier before has left as well is tried once.
 */
export async function performPartialRollback(world: World): Promise<Outcome> {
  const fault = findRollbackFault(world)
  if (fault !== undefined) return fault
  const { config, reportProgress } = world
  const problems = await enterProofClone(world)
  await runStatement(world, 'gate.apply', config.gate.apply)
  const gated = await readClone(world)
  const tried: string[] = []
  for (const { id } of config.release.tiers.slice(0, -1)) {
    const effect = world.steps.get(id)?.effect
    if (effect == null || isEmptyEffect(effect)) continue
    reportProgress(`rolling back after ${id}`)
    const stopped = await runUntil(world, id)
    if (stopped !== undefined) return { status: 'failed', reason: stopped, problems }
    const failure = describeFailure(await runRollback(world))
    if (failure !== undefined)
      return { status: 'failed', reason: `rolled back after ${id}: ${failure}`, problems }
    const residue = await judgeRollback(gated, await readClone(world), {
      ...readRollbackSettings(world),
      isWhole: false,
    })
    problems.push(...residue.map((sentence) => `rolled back after ${id}: ${sentence}`))
    tried.push(id)
  }
  const notTried = tried.length === 0 ? 'no tier but the last changed anything' : null
  return { status: 'performed', problems, facts: { rolledBackAfter: tried, notTried } }
}

/** Runs the release to the boundary behind a tier, and ends psql there; tells why it did not get there. */
async function runUntil(world: World, tier: string): Promise<string | undefined> {
  await using run = await startVariant(world)
  for (;;) {
    const leg = await run.next()
    if (leg.kind === 'exited') return `the release ended before ${tier} was through`
    if (leg.tier === tier) return undefined
  }
}
