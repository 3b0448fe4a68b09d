import { compareReadings } from '../comparison/compare-readings.ts'
import { printDifferences } from '../comparison/print-difference.ts'
import { describeFailure } from '../executor/require-success.ts'
import type { Clone } from '../host/host.ts'
import { findMisprints } from '../measure/contradictions.ts'
import type { Reading } from '../measure/reading.ts'
import { defineAct } from './common/act.ts'
import type { Run } from './common/run.ts'
import { clone } from './clone.ts'
import { judgeRollback, readRollbackSettings } from './common/judge-rollback.ts'
import { changeBetween, readClone } from './common/read-clone.ts'
import { noRollback, runRollback, type Rollback } from './common/run-variant.ts'
import { gate } from './gate.ts'

/** Rolls the release back by a fresh psql; the clone must then stand as it did just before the first tier. */
export const firstRollback = defineAct({
  id: 'rollback-1',
  title: 'rollback',
  folder: 'rollback',
  section: 'second run and rollback',
  declaredBy: ({ release }) => release.rollback,
  notShown: noRollback,
  needs: { clone, gate },
  after: ['variant', 'full-read'],
  async perform(run, { clone: { clone: stepped }, gate: opened }, rollback) {
    const gated = opened?.reading ?? stepped.entry.reading
    await stepped.psql?.[Symbol.asyncDispose]()
    return rollBack(run, stepped, rollback, (after) =>
      judgeRollback(gated, after, {
        ...readRollbackSettings(run, rollback),
        elsewhere: readElsewhere(run),
      }),
    )
  },
})

/** Rolls back what is rolled back already: exit 0, and nothing changes, to the last sequence. */
export const secondRollback = defineAct({
  id: 'rollback-2',
  title: 'rollback again',
  folder: 'rollback',
  section: 'second run and rollback',
  declaredBy: ({ release }) => release.rollback,
  notShown: noRollback,
  needs: { clone, firstRollback },
  perform(run, { clone: { clone: stepped } }, rollback) {
    const before = stepped.latest
    return rollBack(run, stepped, rollback, async (after) =>
      printDifferences(
        await compareReadings(before, after, {
          isNext: true,
        }),
        'the clone after the first rollback',
        'the clone after the second',
      ),
    )
  },
})

/** What the second run, or a tier that failed, drew from sequences: that is reported there, and no rollback's matter. */
function readElsewhere({ steps }: Run): Record<string, number> {
  const drawn: Record<string, number> = {}
  for (const { id, status, effect } of steps.values()) {
    if (effect === null || (id !== 'second-run' && status !== 'failed')) continue
    for (const [name, { moved }] of Object.entries(effect.sequences)) {
      drawn[name] = (drawn[name] ?? 0) + (moved ?? 0)
    }
  }
  return drawn
}

async function rollBack(
  run: Run,
  stepped: Clone,
  rollback: Rollback,
  compare: (after: Reading) => Promise<string[]>,
) {
  const before = stepped.latest
  const result = await runRollback(run, stepped)
  const after = await readClone(run, stepped)
  const shared = {
    change: changeBetween(before, after),
    notices: result.notices,
    sqlMs: result.durationMs,
    facts: { exitCode: result.exitCode, error: result.error === null ? null : { ...result.error } },
  }
  const failure = describeFailure(result)
  if (failure !== undefined) return { ...shared, status: 'failed' as const, reason: failure }
  return {
    ...shared,
    status: 'performed' as const,
    problems: [
      ...(await compare(after)),
      ...after.contradictions,
      ...findMisprints(result.notices, rollback.prints ?? {}, after.figures),
    ],
  }
}
