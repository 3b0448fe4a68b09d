import type { Outcome } from '../acts/common/act.ts'
import type { Step } from '../evidence/schema.ts'
import type { StepPlan } from './steps.ts'

/** The record of a step as evidence holds it; its duration is added by whoever measured it. */
export function makeRecord(
  plan: StepPlan,
  status: Step['status'],
  reason: string | null,
  outcome: Partial<Outcome<unknown>>,
): Step {
  return {
    id: plan.id,
    title: plan.title,
    kind: plan.kind,
    section: plan.act.section,
    status,
    reason,
    problems: [...(outcome.problems ?? [])],
    durationMs: 0,
    sqlMs: outcome.sqlMs ?? null,
    before: {},
    after: {},
    effect: null,
    needsSpec: plan.act.needsSpec ?? false,
    ...outcome.change,
    notices: [...(outcome.notices ?? [])],
    facts: (outcome.facts ?? {}) as Step['facts'],
  }
}
