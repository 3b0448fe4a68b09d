import { printClusterFaults } from '../comparison/print-difference.ts'
import { isEmptyEffect } from '../evidence/declared-effect.ts'
import { describeFailure } from '../executor/require-success.ts'
import type { Clone } from '../host/host.ts'
import { makeFurtherClone } from '../host/further-clone.ts'
import { defineAct } from './common/act.ts'
import type { Run } from './common/run.ts'
import { clone } from './clone.ts'
import { findRollbackFault, judgeRollback, readRollbackSettings } from './common/judge-rollback.ts'
import { readClone } from './common/read-clone.ts'
import { runStatement } from './common/run-on-clone.ts'
import { noRollback, runRollback, startVariant } from './common/run-variant.ts'
import { firstRollback } from './rollback.ts'
import { lastTier } from './tier.ts'

/**
 * Lets the release run as far as each tier but the last, and rolls it back from there: each time the clone must stand
 * as just before the first tier. A state that the tier before has left as well is tried once.
 */
export const partialRollback = defineAct({
  id: 'partial-rollback',
  title: 'rolled back after each tier',
  folder: 'proofs',
  section: 'proofs',
  requires: ['freshCopies', 'stepping'],
  declaredBy: ({ release }) => release.rollback,
  notShown: noRollback,
  needs: { clone, lastTier, firstRollback },
  after: ['reapply'],
  async perform(run, { clone: { clone: stepped } }, rollback) {
    const fault = findRollbackFault(run)
    if (fault !== undefined) return fault
    const { config, reportProgress } = run
    const { clone: further, faults } = await makeFurtherClone(run.cleanup, stepped)
    const problems = printClusterFaults(faults)
    if (config.gate) await runStatement(run, further, 'gate.apply', config.gate.apply)
    const gated = await readClone(run, further)
    const rolledBackAfter: string[] = []
    for (const { id } of run.release.tiers.slice(0, -1)) {
      const effect = run.steps.get(id)?.effect
      if (effect == null || isEmptyEffect(effect)) continue
      reportProgress(`rolling back after ${id}`)
      const stopped = await runUntil(run, further, id)
      if (stopped !== undefined) return { status: 'failed' as const, reason: stopped, problems }
      const failure = describeFailure(await runRollback(run, further))
      if (failure !== undefined)
        return { status: 'failed' as const, reason: `rolled back after ${id}: ${failure}`, problems }
      const residue = await judgeRollback(gated, await readClone(run, further), {
        ...readRollbackSettings(run, rollback),
        isWhole: false,
      })
      problems.push(...residue.map((sentence) => `rolled back after ${id}: ${sentence}`))
      rolledBackAfter.push(id)
    }
    const notTried = rolledBackAfter.length === 0 ? 'no tier but the last changed anything' : null
    return {
      status: 'performed' as const,
      problems,
      notShown: notTried === null ? [] : [{ what: 'partial rollback', reason: `${notTried}: ${untried}` }],
      facts: { rolledBackAfter, notTried },
    }
  },
})

const untried = 'nothing shows that a release that stopped halfway can be rolled back'

/** Runs the release to the breakpoint behind a tier, and ends psql there; says why it did not get there. */
async function runUntil(run: Run, on: Clone, tier: string): Promise<string | undefined> {
  await using psql = await startVariant(run, on)
  for (;;) {
    const leg = await psql.next()
    if (leg.kind === 'exited') return `the release ended before ${tier} was complete`
    if (leg.tier === tier) return undefined
  }
}
