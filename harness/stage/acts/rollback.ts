import { describeFailure } from '../../executor/require-success.ts'
import { countGivenOut, describePosition } from '../../fingerprint/sequences.ts'
import { findMisprints } from '../../measure/contradictions.ts'
import type { Snapshot } from '../../measure/snapshot.ts'
import { describeDifferences } from '../describe-differences.ts'
import { changeBetween, readClone, runOnClone } from '../on-clone.ts'
import { required, type Outcome, type World } from '../world.ts'
import { variantDirectory } from './variant.ts'

/** Rolls the release back by a fresh psql; the clone must then stand as it did just before the first tier. */
export async function performFirstRollback(world: World): Promise<Outcome> {
  const gated = required(world.gated, 'clone with its gate open')
  await world.run?.[Symbol.asyncDispose]()
  return rollBack(world, (after) => describeResidue(world, gated, after))
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

/**
 * What a rollback has left that was not there just before the first tier. A sequence does not come back by itself: it
 * may have moved on where that is declared (`release.rollback.residue`), and back nowhere.
 */
export async function describeResidue(world: World, gated: Snapshot, after: Snapshot): Promise<string[]> {
  const declared = world.config.release.rollback.residue?.sequences ?? {}
  const moved = movedSequences(gated, after)
  return [
    ...(await describeDifferences('the clone before the first tier', gated, 'the clone rolled back', after, {
      sequences: false,
    })),
    ...moved
      .filter(({ name, values }) => !(name in declared) || values < 0)
      .map(({ name, from, to }) => `sequence ${name}: ${from} before the first tier, ${to} rolled back`),
    ...(world.config.release.tiers.every(({ id }) => world.steps.get(id)?.status === 'performed')
      ? Object.keys(declared)
      : []
    )
      .filter((name) => !moved.some((sequence) => sequence.name === name))
      .map((name) => `declared residue no longer occurs: sequence ${name} stands where it stood`),
  ]
}

function movedSequences(gated: Snapshot, after: Snapshot) {
  return [...gated.fingerprint.sequences].flatMap(([name, position]) => {
    const now = after.fingerprint.sequences.get(name)
    // One that is gone is told as an object.
    if (now === undefined || describePosition(now) === describePosition(position)) return []
    const values = countGivenOut(position, now)
    return [{ name, from: describePosition(position), to: describePosition(now), values }]
  })
}

async function rollBack(world: World, compare: (after: Snapshot) => Promise<string[]>): Promise<Outcome> {
  const { config } = world
  const before = required(world.latest, 'clone')
  const result = await runOnClone(world, {
    directory: variantDirectory(world),
    file: config.release.rollback.file,
  })
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
