import type { RehearsalConfig, TierConfig } from '../config/rehearsal.ts'
import type { Step } from '../evidence/schema.ts'
import { performBaseline } from '../acts/baseline.ts'
import { performClone } from '../acts/clone.ts'
import { performDivergence } from '../acts/divergence.ts'
import { performGate, performGateRevoke } from '../acts/gate.ts'
import { performGoldenBackup } from '../acts/golden-backup.ts'
import { performIsolation } from '../acts/isolation.ts'
import { performSelfTest } from '../acts/self-test.ts'
import { performReapply } from '../acts/reapply.ts'
import { performOneShot } from '../acts/one-shot.ts'
import { performPartialRollback } from '../acts/partial-rollback.ts'
import { performSecondRun } from '../acts/second-run.ts'
import { performFirstRollback, performSecondRollback } from '../acts/rollback.ts'
import { performEscapeAttempts } from '../acts/escape-attempts.ts'
import { performTier } from '../acts/tier.ts'
import { performVariant } from '../acts/variant.ts'
import { performFullRead } from '../acts/full-read.ts'
import type { Outcome, World } from './world.ts'

/** Ids of the acts, in order; the tiers stand between `gate` and `whole`. */
export const actIds = [
  'baseline',
  'golden-backup',
  'clone',
  'escape-attempts',
  'variant',
  'gate',
  'full-read',
  'divergence',
  'second-run',
  'rollback-1',
  'rollback-2',
  'gate-revoke',
  'one-shot',
  'reapply',
  'partial-rollback',
  'self-test',
  'isolation',
] as const

export type ActId = (typeof actIds)[number]

/** Acts that are performed side by side: none changes what another one of them, or of those beside them, may see. */
const aside: readonly ActId[] = ['baseline', 'golden-backup', 'clone', 'self-test']
const besideAside: readonly ActId[] = ['escape-attempts', 'variant']
/** Acts that read production's server. */
export const productionActs: readonly ActId[] = ['baseline', 'golden-backup', 'clone']

/**
 * Whether acts may be performed side by side: not where restoring a dump without its owners makes a superuser of the role
 * that owns all, which the other act would see, and not on production's own server, which is to be troubled as little as may be.
 */
function mayOverlap({ clone }: RehearsalConfig): boolean {
  return clone.privileges !== false && clone.onProductionServer === undefined
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
    isAnytime: id === 'golden-backup',
    isAside: aside.includes(id) && mayOverlap(config),
    isAlone: ![...aside, ...besideAside].includes(id),
  })
  return [
    act('baseline', 'production as it stands', performBaseline, []),
    act('golden-backup', 'golden backup: dumped and restored', performGoldenBackup, ['baseline']),
    act('clone', 'greenfield clone of production', performClone, ['baseline']),
    act('escape-attempts', 'no escape from the clone to production', performEscapeAttempts, ['clone']),
    act(
      'variant',
      'clone variant: exactly the declared deltas',
      performVariant,
      ['clone'],
      ['escape-attempts'],
    ),
    act('gate', config.gate.title, performGate, ['clone'], ['variant']),
    ...tiers.map((tier, index) => planTier(tier, index === 0 ? 'gate' : tiers[index - 1]!.id)),
    act('full-read', 'every row read: the tiers add up', performFullRead, [lastTier]),
    act(
      'divergence',
      'golden against rehearsal',
      performDivergence,
      ['golden-backup', lastTier],
      ['full-read'],
    ),
    act('second-run', 'second run refused', performSecondRun, [tiers[0]!.id], ['full-read']),
    act('rollback-1', 'rollback', performFirstRollback, ['gate'], ['full-read']),
    act('rollback-2', 'rollback again', performSecondRollback, ['rollback-1']),
    act('gate-revoke', 'approval taken back', performGateRevoke, ['rollback-2']),
    act(
      'one-shot',
      'the release in one go comes to the same',
      performOneShot,
      ['full-read'],
      ['gate-revoke'],
    ),
    act('reapply', 'rolled back and forward again: the same', performReapply, ['one-shot', 'rollback-1']),
    act(
      'partial-rollback',
      'rolled back after each tier',
      performPartialRollback,
      [lastTier, 'rollback-1'],
      ['reapply'],
    ),
    act('self-test', 'the checks can fail', performSelfTest, ['clone']),
    act(
      'isolation',
      'clean-up, production and golden as before',
      performIsolation,
      ['baseline'],
      ['gate-revoke'],
    ),
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
