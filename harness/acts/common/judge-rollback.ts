import { countGivenOut, describePosition } from '../../fingerprint/sequences.ts'
import type { Reading } from '../../measure/reading.ts'
import { describeDifferences } from '../../comparison/describe-differences.ts'
import type { Run } from './run.ts'
import type { Rollback } from './run-variant.ts'

export interface RollbackSettings {
  /** Sequences that a rollback may leave moved on, each with the reason. */
  readonly residue: Readonly<Record<string, string>>
  /** Whether the whole release was applied, so that all of the residue must be there. */
  readonly isWhole: boolean
  /** Values that sequences gave out in between to something else, such as a second run: they are told there. */
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
  const moved = movedSequences(gated, after, elsewhere)
  return [
    ...(await describeDifferences('the clone before the first tier', gated, 'the clone rolled back', after, {
      sequences: false,
    })),
    ...moved
      .filter(({ name, values }) => !(name in residue) || values < 0)
      .map(({ name, from, to }) => `sequence ${name}: ${from} before the first tier, ${to} rolled back`),
    ...(isWhole ? Object.keys(residue) : [])
      .filter((name) => !moved.some((sequence) => sequence.name === name))
      .map((name) => `declared residue no longer occurs: sequence ${name} stands where it stood`),
  ]
}

function movedSequences(gated: Reading, after: Reading, elsewhere: Readonly<Record<string, number>>) {
  return [...gated.fingerprint.sequences].flatMap(([name, position]) => {
    const now = after.fingerprint.sequences.get(name)
    // One that is gone is told as an object.
    if (now === undefined || describePosition(now) === describePosition(position)) return []
    const values = countGivenOut(position, now) - (elsewhere[name] ?? 0)
    if (values === 0) return []
    return [{ name, from: describePosition(position), to: describePosition(now), values }]
  })
}

/** What the rollback may leave, and whether all of it must be there. */
export function readRollbackSettings({ config, steps }: Run, rollback: Rollback): RollbackSettings {
  const { tiers } = config.release
  return {
    residue: rollback.residue?.sequences ?? {},
    isWhole: tiers.every(({ id }) => steps.get(id)?.status === 'performed'),
  }
}

/** Why nothing is to be learned from rolling back again: the first rollback is reported already; undefined otherwise. */
export function findRollbackFault({ steps }: Run): { status: 'blocked'; reason: string } | undefined {
  const hasProblems = (steps.get('rollback-1')?.problems.length ?? 0) > 0
  return hasProblems
    ? { status: 'blocked', reason: 'rollback-1 does not bring the baseline back, which is told there' }
    : undefined
}
