import type { RehearsalConfig, TierConfig } from '../config/rehearsal.ts'
import type { Step } from '../evidence/schema.ts'
import { performBaseline } from '../acts/baseline.ts'
import { performClone } from '../acts/clone.ts'
import { performDivergence } from '../acts/divergence.ts'
import { performGate, takeGateBack } from '../acts/gate.ts'
import { performGoldenNet } from '../acts/golden-backup.ts'
import { performIsolation } from '../acts/isolation.ts'
import { performControls } from '../acts/self-test.ts'
import { performForward } from '../acts/reapply.ts'
import { performOneShot } from '../acts/one-shot.ts'
import { performPartial } from '../acts/partial-rollback.ts'
import { performRerun } from '../acts/second-run.ts'
import { performFirstRollback, performSecondRollback } from '../acts/rollback.ts'
import { performSeal } from '../acts/escape-attempts.ts'
import { performTier } from '../acts/tier.ts'
import { performVariant } from '../acts/variant.ts'
import { performWhole } from '../acts/full-read.ts'
import type { Outcome, World } from './world.ts'

/** Ids of the acts, in order; the tiers stand between `gate` and `whole`. */
export const actIds = [
  'baseline',
  'golden',
  'clone',
  'seal',
  'variant',
  'gate',
  'whole',
  'divergence',
  'guard',
  'rollback-1',
  'rollback-2',
  'ungate',
  'one-shot',
  'forward',
  'partial',
  'controls',
  'isolation',
] as const

export type ActId = (typeof actIds)[number]

/** Acts that are performed side by side: none changes what another one of them, or of those beside them, may see. */
const aside: readonly ActId[] = ['baseline', 'golden', 'clone', 'controls']
const besideAside: readonly ActId[] = ['seal', 'variant']
/** Acts that read production's server. */
export const productionActs: readonly ActId[] = ['baseline', 'golden', 'clone']

/**
 * Whether acts may be performed side by side: not where restoring a dump without its owners makes a superuser of the role
 * that owns all, which the other act would see, and not on production's own server, which is to be troubled as little as may be.
 */
function mayOverlap({ clone }: RehearsalConfig): boolean {
  return clone.overlay !== false && clone.onProductionServer === undefined
}

export interface StepPlan {
  readonly id: string
  readonly title: string
  readonly kind: Step['kind']
  /** Steps that must have been performed; else this one is blocked. */
  readonly needs: readonly string[]
  /** Steps that must have been tried before, whatever became of them. */
  readonly follows: readonly string[]
  /** Does not touch the clone, and so may come after its turn. */
  readonly isAnytime: boolean
  /** Changes nothing that a step before it may see, and so may be begun when what it needs has been performed. */
  readonly isAside: boolean
  /** Begins only when nothing is performed aside any more. */
  readonly isAlone: boolean
  readonly perform: (world: World) => Promise<Outcome>
}

/** The steps of a rehearsal in the order in which they are performed. */
export function planSteps(config: RehearsalConfig): StepPlan[] {
  const { tiers } = config.release
  const lastTier = tiers.at(-1)!.id
  const act = (
    id: ActId,
    title: string,
    perform: StepPlan['perform'],
    needs: readonly string[],
    follows: readonly string[] = [],
  ): StepPlan => ({
    id,
    title,
    kind: 'act',
    needs,
    follows,
    perform,
    isAnytime: id === 'golden',
    isAside: aside.includes(id) && mayOverlap(config),
    isAlone: ![...aside, ...besideAside].includes(id),
  })
  return [
    act('baseline', 'production as it stands', performBaseline, []),
    act('golden', 'golden net: dumped, and the dump restored', performGoldenNet, ['baseline']),
    act('clone', 'greenfield clone of production', performClone, ['baseline']),
    act('seal', 'no way from the clone to production', performSeal, ['clone']),
    act('variant', 'clone variant: exactly the declared deltas', performVariant, ['clone'], ['seal']),
    act('gate', config.gate.title, performGate, ['clone'], ['variant']),
    ...tiers.map((tier, index) => planTier(tier, index === 0 ? 'gate' : tiers[index - 1]!.id)),
    act('whole', 'every row read: the tiers add up', performWhole, [lastTier]),
    act('divergence', 'golden against rehearsal', performDivergence, ['golden', lastTier], ['whole']),
    act('guard', 'second run refused', performRerun, [tiers[0]!.id], ['whole']),
    act('rollback-1', 'rollback', performFirstRollback, ['gate'], ['whole']),
    act('rollback-2', 'rollback again', performSecondRollback, ['rollback-1']),
    act('ungate', 'gate taken back', takeGateBack, ['rollback-2']),
    act('one-shot', 'the release in one go comes to the same', performOneShot, ['whole'], ['ungate']),
    act('forward', 'rolled back and forward again: the same', performForward, ['one-shot', 'rollback-1']),
    act('partial', 'rolled back after each tier', performPartial, [lastTier, 'rollback-1'], ['forward']),
    act('controls', 'the checks can fail', performControls, ['clone']),
    act('isolation', 'clean-up, production and golden as before', performIsolation, ['baseline'], ['ungate']),
  ]
}

function planTier(tier: TierConfig, previous: string): StepPlan {
  return {
    id: tier.id,
    title: tier.title,
    kind: 'tier',
    needs: [previous],
    follows: [],
    isAnytime: false,
    isAside: false,
    isAlone: true,
    perform: (world) => performTier(world, tier),
  }
}
