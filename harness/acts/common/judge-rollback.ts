import { compareValues } from '../../comparison/difference.ts'
import { countGivenOut, describePositions } from '../../fingerprint/sequences.ts'
import type { Reading } from '../../measure/reading.ts'
import { compareReadings } from '../../comparison/compare-readings.ts'
import { printDifferences } from '../../comparison/print-difference.ts'
import type { Run } from './run.ts'
import type { Rollback } from './run-variant.ts'

export interface RollbackSettings {
  /** Sequences that a rollback may leave moved on, each with the reason. */
  readonly residue: Readonly<Record<string, string>>
  /** Whether the whole release was applied, so that all of the residue must be there. */
  readonly isWhole: boolean
  /** Values that sequences gave out to something else in between, such as a second run, where they are reported. */
  readonly elsewhere?: Readonly<Record<string, number>>
}

/**
 * What a rollback has left that was not there just before the first tier, one sentence each. A sequence does not come
 * back by itself: it may have moved on where that is declared, and back nowhere.
 */
export async function judgeRollback(
  gated: Reading,
  after: Reading,
  { residue, isWhole, elsewhere = {} }: RollbackSettings,
): Promise<string[]> {
  const moved = compareValues(
    'sequence',
    describePositions(gated.fingerprint.sequences),
    describePositions(after.fingerprint.sequences),
  ).flatMap((difference) => {
    const [was, is] = [gated, after].map(({ fingerprint }) => fingerprint.sequences.get(difference.name))
    // One that came or went is an object that differs.
    const values = was && is ? countGivenOut(was, is) - (elsewhere[difference.name] ?? 0) : 0
    return values === 0 ? [] : [{ ...difference, values }]
  })
  const unlike = [
    ...(await compareReadings(gated, after, { sequences: false })),
    ...moved.filter(({ name, values }) => !(name in residue) || values < 0),
  ]
  return [
    ...printDifferences(unlike, 'the clone before the first tier', 'the clone rolled back'),
    ...(isWhole ? Object.keys(residue) : [])
      .filter((name) => !moved.some((sequence) => sequence.name === name))
      .map((name) => `declared residue no longer occurs: sequence ${name} has not advanced`),
  ]
}

/** What the rollback may leave, and whether all of it must be there. */
export function readRollbackSettings({ release, steps }: Run, rollback: Rollback): RollbackSettings {
  const { tiers } = release
  return {
    residue: rollback.residue?.sequences ?? {},
    isWhole: tiers.every(({ id }) => steps.get(id)?.status === 'performed'),
  }
}

/**
 * Why nothing is to be learned from rolling back again: the first rollback is reported already; undefined otherwise.
 */
export function findRollbackFault({ steps }: Run): { status: 'blocked'; reason: string } | undefined {
  const hasProblems = (steps.get('rollback-1')?.problems.length ?? 0) > 0
  return hasProblems
    ? { status: 'blocked', reason: 'rollback-1 does not restore the baseline, as reported there' }
    : undefined
}
