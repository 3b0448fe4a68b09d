import { join } from 'node:path'
import { describeFailure } from '../../executor/require-success.ts'
import { runScript, type ScriptResult } from '../../executor/run-script.ts'
import { findMisprints } from '../../measure/contradictions.ts'
import { compareSnapshots, differences, takeSnapshot, type Snapshot } from '../../measure/snapshot.ts'
import { describeDifferences } from '../describe-differences.ts'
import { required, type Outcome, type World } from '../world.ts'
import { variantDirectory } from './variant.ts'

/** Rolls the release back by a fresh psql; the clone must then stand as it did just before the first tier. */
export async function performFirstRollback(world: World): Promise<Outcome> {
  const gated = required(world.gated, 'clone with its gate open')
  await world.run?.[Symbol.asyncDispose]()
  const applied = required(world.latest, 'clone')
  return rollBack(world, (after) => [
    ...describeDifferences('the clone before the first tier', gated, 'the clone rolled back', after, {
      sequences: false,
    }),
    ...describeMovedSequences(gated, applied, after),
  ])
}

/** A sequence may stay where the release has moved it, or go back to where it was; the rollback moves it nowhere else. */
function describeMovedSequences(gated: Snapshot, applied: Snapshot, after: Snapshot): string[] {
  return Object.entries(differences(gated.sequences, after.sequences))
    .filter(([name]) => after.sequences[name] !== applied.sequences[name])
    .map(
      ([name, { before, after: now }]) =>
        `sequence ${name}: ${before} before the first tier, ${now} rolled back`,
    )
}

/** Rolls back what is rolled back already: exit 0, and nothing changes, to the last sequence. */
export async function performSecondRollback(world: World): Promise<Outcome> {
  const before = required(world.latest, 'clone')
  return rollBack(world, (after) =>
    describeDifferences('the clone after the first rollback', before, 'the clone after the second', after),
  )
}

async function rollBack(world: World, compare: (after: Snapshot) => string[]): Promise<Outcome> {
  const { config, installation, signal } = world
  const clone = required(world.clone, 'clone')
  const before = required(world.latest, 'clone')
  const result: ScriptResult = await runScript({
    psql: join(installation.directory, 'psql'),
    directory: variantDirectory(world),
    file: config.release.rollback.file,
    connection: clone.owner,
    signal,
  })
  const after = await takeSnapshot(clone.session, config.measures, 'elsewhere')
  world.latest = after
  const shared = {
    change: compareSnapshots(before, after),
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
      ...compare(after),
      ...after.contradictions,
      ...findMisprints(result.notices, config.release.rollback.prints ?? {}, after.figures),
    ],
  }
}
