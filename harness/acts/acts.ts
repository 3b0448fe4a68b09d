import type { RehearsalConfig } from '../config/rehearsal.ts'
import type { NotShown } from '../evidence/schema.ts'
import type { AnyAct, Capability } from './common/act.ts'
import { baseline } from './baseline.ts'
import { clone } from './clone.ts'
import { divergence } from './divergence.ts'
import { escapeAttempts } from './escape-attempts.ts'
import { fullRead } from './full-read.ts'
import { gateRevoke } from './gate-revoke.ts'
import { gate } from './gate.ts'
import { goldenBackup } from './golden-backup.ts'
import { isolation } from './isolation.ts'
import { oneShot } from './one-shot.ts'
import { partialRollback } from './partial-rollback.ts'
import { reapply } from './reapply.ts'
import { firstRollback, secondRollback } from './rollback.ts'
import { secondRun } from './second-run.ts'
import { selfTest } from './self-test.ts'
import { lastTier, tierAct } from './tier.ts'
import { variant } from './variant.ts'

/**
 * The acts of a rehearsal. Their order here is the order in which they are performed, that of the spec folders, and
 * that in the reports; the tiers take the place of {@link lastTier}.
 */
export const acts = [
  baseline,
  goldenBackup,
  clone,
  escapeAttempts,
  variant,
  gate,
  lastTier,
  fullRead,
  divergence,
  secondRun,
  firstRollback,
  secondRollback,
  gateRevoke,
  oneShot,
  reapply,
  partialRollback,
  selfTest,
  isolation,
] as const

export type ActId = Exclude<(typeof acts)[number]['id'], typeof lastTier.id>

/** The ids of the acts, in order. */
export const actIds = acts.filter((act) => act !== lastTier).map(({ id }) => id as ActId)

/** Folders of `specs/`, in order. Within a folder spec files run in the order of their names. */
export const specFolders = [...new Set(acts.map(({ folder }) => folder))]

/** Which acts are part of a rehearsal, and what each of the others does not show, by its id. */
export function selectActs(
  listed: readonly AnyAct[],
  config: RehearsalConfig,
  can: Readonly<Record<Capability, boolean>>,
): { present: AnyAct[]; leftOut: Map<string, NotShown> } {
  const missing = (act: AnyAct): NotShown | undefined => {
    if (act.declaredBy !== undefined && act.declaredBy(config) === undefined)
      return typeof act.notShown === 'function' ? act.notShown(config) : act.notShown
    const lacking = act.requires?.find((capability) => !can[capability])
    return lacking && { what: act.id, reason: `${lacks[lacking]}: ${act.id} is not performed` }
  }
  const leftOut = new Map<string, NotShown>()
  for (const act of listed) {
    // What needs an act that is not possible here is not possible either; what is not declared is not needed.
    const needed = Object.values(act.needs).find(
      ({ id, declaredBy }) => leftOut.has(id) && declaredBy === undefined,
    )
    const why = missing(act) ?? (needed && { ...leftOut.get(needed.id)!, what: act.id })
    if (why !== undefined) leftOut.set(act.id, why)
  }
  return { present: listed.filter(({ id }) => !leftOut.has(id)), leftOut }
}

const lacks: Readonly<Record<Capability, string>> = {
  freshCopies: 'the host makes no further copies of the clone',
  sealing: 'the host does not keep the clone from reaching production',
  stepping: 'the executor cannot be held after a tier',
}

/** Puts the tiers of the release in their place. */
export function withTiers(present: readonly AnyAct[], { release }: RehearsalConfig): AnyAct[] {
  return present.flatMap((act, index) => {
    if (act !== lastTier) return [act]
    let previous = present[index - 1]!
    return release.tiers.map((tier) => (previous = tierAct(tier, previous)))
  })
}
