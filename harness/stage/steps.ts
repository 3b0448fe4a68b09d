import { withTiers } from '../acts/acts.ts'
import { firstTier, lastTier } from '../acts/tier.ts'
import type { RehearsalConfig } from '../config/rehearsal.ts'
import { RehearsalError } from '../errors.ts'
import type { Step } from '../evidence/schema.ts'
import type { AnyAct, Capability } from '../acts/common/act.ts'

/** An act or tier as a step of one rehearsal. */
export interface StepPlan {
  readonly id: string
  readonly title: string
  readonly kind: Step['kind']
  readonly act: AnyAct
  /** Name in {@link AnyAct.needs} → id of the step that must have been performed; else this one is blocked. */
  readonly needs: Readonly<Record<string, string>>
  /** Steps that must have been tried before, whatever became of them. */
  readonly follows: readonly string[]
  /** Changes nothing that a step before it may see, and so may be begun when what it needs has been performed. */
  readonly isAside: boolean
  /** Begins only when nothing is performed aside any more. */
  readonly isAlone: boolean
}

export type Capabilities = Readonly<Record<Capability, boolean>>

export const allCapabilities: Capabilities = { freshCopies: true, sealing: true, stepping: true }

/** The steps of a rehearsal in the order in which they are performed. */
export function planSteps(present: readonly AnyAct[], config: RehearsalConfig): StepPlan[] {
  const parts = withTiers(present, config)
  const tiers = config.release.tiers.map(({ id }) => id)
  const idOf = ({ id }: AnyAct): string =>
    id === firstTier.id ? tiers[0]! : id === lastTier.id ? tiers.at(-1)! : id
  const ids = new Set(parts.map(({ id }) => id))
  const taken = tiers.find((tier) => parts.filter(({ id }) => id === tier).length > 1)
  if (taken !== undefined)
    throw new RehearsalError('CONFIG_INVALID', `release.tiers: an act is called "${taken}"`, {
      hint: 'give the tier another id',
    })
  return parts.map((act) => ({
    id: act.id,
    title: typeof act.title === 'string' ? act.title : act.title(config),
    kind: tiers.includes(act.id) ? 'tier' : 'act',
    act,
    needs: Object.fromEntries(
      Object.entries(act.needs)
        .map(([name, needed]) => [name, idOf(needed)] as const)
        .filter(([, id]) => ids.has(id)),
    ),
    follows: [...Object.values(act.uses ?? {}).map(idOf), ...(act.after ?? [])],
    // Production's own server is to be troubled as little as may be.
    isAside: act.overlap === 'aside' && config.clone.onProductionServer === undefined,
    isAlone: act.overlap === undefined,
  }))
}
