import { sql } from '@databases/pg'
import { describe, test, type TestContext } from 'vitest'
import {
  checkRehearsal,
  type RehearsalConfig,
  type RehearsalInput,
  type TierInput,
} from '../config/rehearsal.ts'
import type { MeasureName, Measures } from '../config/measures.ts'
import { RehearsalError } from '../errors.ts'
import { stepTestName } from '../evidence/judge.ts'
import type { Step } from '../evidence/schema.ts'
import type { ActId, acts } from '../acts/acts.ts'
import type { FactsOf } from '../acts/common/act.ts'
import type { TierFacts } from '../acts/tier.ts'
import type { Reached } from '../stage/stage.ts'
import { ExpectationError } from './assertions.ts'
import { askStage } from './channel.ts'
import { countExpectations, type SpecExpect } from './counted-expect.ts'
import { withDatabases, type Queryable } from './queries.ts'
import { Printed, StepEffect, StepFigures } from './subjects.ts'

/** What a test receives: the figures of its step, and the databases at that step. */
export interface SpecContext<Name extends string, Facts = unknown> {
  readonly expect: SpecExpect<Name>
  /** Figures just before and just after the step. */
  readonly before: StepFigures<Name>
  readonly after: StepFigures<Name>
  readonly effect: StepEffect
  readonly printed: Printed
  /** The step's notices, as printed, without severity. */
  readonly notices: readonly string[]
  /** What else the act recorded. */
  readonly facts: Facts
  readonly clone: Queryable
  readonly production: Queryable
  readonly golden: Queryable
  /** Figures of another step, which must have been performed. */
  readonly at: <Id extends string>(
    step: Id,
  ) => Promise<{ before: StepFigures<Name>; after: StepFigures<Name>; facts: FactsAt<Id> }>
}

/** What a step records beside figures and effect: an act of the harness, or a tier. */
type FactsAt<Id extends string> = Id extends ActId
  ? FactsOf<Extract<(typeof acts)[number], { id: Id }>>
  : TierFacts
type It<Name extends string, Facts> = (
  name: string,
  body: (context: SpecContext<Name, Facts>) => Promise<void> | void,
) => void
type Define<Ids extends string, Name extends string> = <Id extends Ids>(
  id: Id,
  title: string,
  body: (it: It<Name, FactsAt<Id>>) => void,
) => void

export interface Specs<TierId extends string, Name extends string> {
  /** Specs of a tier. The first test is the tier itself: that it ran, and that what it printed and shows is so. */
  readonly tier: Define<TierId, Name>
  /** Specs of an act, likewise. */
  readonly act: Define<ActId, Name>
  readonly sql: typeof sql
}

/** The words in which specs of this rehearsal are written, with its tiers and measures as types. */
export function specsFor<M extends Measures, const T extends readonly TierInput[]>(
  input: RehearsalInput<M, T>,
): Specs<T[number]['id'], MeasureName<M>> {
  const config = checkRehearsal(input, 'rehearsal.config.ts')
  const define = (id: string, title: string, body: (it: It<MeasureName<M>, never>) => void): void => {
    describe(`${id} ${title}`, () => {
      test(stepTestName, async (context) => {
        const { step } = await reach(id, context)
        if (step.status === 'blocked') context.skip(blockedReason(step))
        if (step.status === 'error') throw new RehearsalError('EXECUTOR_FAILED', step.reason ?? '')
        if (step.status === 'failed') throw new ExpectationError(`${id} failed: ${step.reason}`)
        if (step.problems.length > 0) throw new ExpectationError(step.problems.join('\n'))
        context.expect(step.status).toBe('performed')
      })
      const given: unknown = body((name, run) => test(name, (context) => runTest(config, id, context, run)))
      if (given instanceof Promise) {
        throw new RehearsalError(
          'SPEC_INVALID',
          `the body of ${id} is asynchronous: tests that it defines later would never run`,
          {
            hint: 'define all tests at once, and await inside them',
          },
        )
      }
    })
  }
  return { tier: define, act: define, sql }
}

async function runTest<Name extends string>(
  config: RehearsalConfig,
  id: string,
  context: TestContext,
  run: (context: SpecContext<Name, never>) => Promise<void> | void,
): Promise<void> {
  const { step, isCurrent } = await reach(id, context)
  if (step.status !== 'performed') context.skip(blockedReason(step))
  const { expect, settle } = countExpectations<Name>(context.expect)
  await withDatabases(id, isCurrent, async (databases, settleQueries) => {
    await run({
      expect,
      ...readStep<Name>(config, step, (partial) =>
        Object.assign(context.task.meta, { declares: { partial } }),
      ),
      ...databases,
      at: (other) => readOther(config, other),
    })
    settleQueries(await settle())
  })
}

async function reach(id: string, { task }: TestContext): Promise<Reached> {
  Object.assign(task.meta, { step: id })
  return askStage('/reach', { id })
}

async function readOther<Name extends string>(config: RehearsalConfig, id: string) {
  const step = (await askStage('/steps')).find((candidate) => candidate.id === id)
  if (step === undefined || step.status !== 'performed') {
    throw new RehearsalError('SPEC_INVALID', `${id} was not performed (${step?.status ?? 'no such step'})`)
  }
  return readStep<Name>(config, step)
}

function readStep<Name extends string>(
  config: RehearsalConfig,
  step: Step,
  onDeclared: (partial: string | null) => void = () => undefined,
) {
  return {
    before: new StepFigures<Name>(`before ${step.id}`, config, step.before),
    after: new StepFigures<Name>(`after ${step.id}`, config, step.after),
    effect: new StepEffect(step, onDeclared),
    printed: new Printed(step),
    notices: step.notices.map(({ message }) => message),
    // Written by the act itself, of whose type they are.
    facts: step.facts as never,
  }
}

function blockedReason({ id, status, reason }: Step): string {
  if (status === 'blocked') return `blocked: ${reason}`
  return `blocked: ${id} ${status === 'error' ? 'could not be performed' : 'failed'}: ${reason}`
}
