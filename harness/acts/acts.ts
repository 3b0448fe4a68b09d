import type { RehearsalConfig } from '../config/rehearsal.ts'
import type { AnyAct } from './common/act.ts'
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
 * The acts of a rehearsal. Their order here is the order in which they are performed, that of the spec folders, and that
 * in the reports; the tiers stand where {@link lastTier} does.
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

/** The acts of a rehearsal with this configuration, with the tiers of the release in their place. */
export function withTiers(listed: readonly AnyAct[], config: RehearsalConfig): AnyAct[] {
  const { release } = config
  const present = listed.filter(
    ({ declaredBy }) => declaredBy === undefined || declaredBy(config) !== undefined,
  )
  return present.flatMap((act, index) => {
    if (act !== lastTier) return [act]
    let previous = present[index - 1]!
    return release.tiers.map((tier) => (previous = tierAct(tier, previous)))
  })
}
