import { describeError, RehearsalError } from '../errors.ts'
import type { Divergence, NotShown, Step } from '../evidence/schema.ts'
import { onBehalfOf } from '../postgres/sender.ts'
import { makeRecord } from './make-record.ts'
import { allCapabilities, planSteps, type Capabilities, type StepPlan } from './steps.ts'
import { acts, selectActs } from '../acts/acts.ts'
import type { AnyAct, GivesOf } from '../acts/common/act.ts'
import type { Run } from '../acts/common/run.ts'

export interface StageEvents {
  stepStarted(step: { id: string; title: string; kind: Step['kind'] }): void
  stepFinished(step: Step): void
}

export interface StageSettings {
  /**
   * Whether every step is performed, each when one after it is asked for, at the latest; some can then be begun before
   * their turn. Default: only those that the requested steps need.
   */
  readonly isWhole?: boolean
  /** Default: that of the configuration. */
  readonly plan?: readonly StepPlan[]
  /** Default: those of the harness. */
  readonly acts?: readonly AnyAct[]
  /** What host and executor can do; default: everything. */
  readonly can?: Capabilities
  /** What steps that were performed before have left, by id; default: none was. */
  readonly given?: Map<string, unknown>
}

/** A step, and whether the clone is at it now, so that live queries see that step's state. */
export interface Reached {
  readonly step: Step
  readonly isCurrent: boolean
}

/**
 * Performs acts and tiers, lazily, in order, each at most once: one at a time, but for those that are begun aside in a
 * run in which every step is asked for.
 */
export class Stage {
  readonly plan: readonly StepPlan[]
  readonly #run: Run
  readonly #events: StageEvents
  readonly #steps: Map<string, Step>
  readonly #isWhole: boolean
  /** What the steps that were performed have left, by id. */
  readonly #given: Map<string, unknown>
  /** Number of steps that are performed at this moment. */
  #running = 0
  /** Steps that were begun before they were asked for. */
  readonly #begun = new Map<string, Promise<Step>>()
  readonly #divergences: Divergence[] = []
  readonly #notShown: NotShown[]
  readonly #leftOut: ReadonlyMap<string, NotShown>
  #current: string | undefined
  #queue: Promise<unknown> = Promise.resolve()

  constructor(
    run: Run & { readonly steps: Map<string, Step> },
    events: StageEvents,
    {
      isWhole = false,
      plan,
      given = new Map(),
      acts: listed = acts,
      can = allCapabilities,
    }: StageSettings = {},
  ) {
    this.#run = run
    this.#given = given
    this.#isWhole = isWhole
    this.#steps = run.steps
    this.#events = events
    const { present, leftOut } = selectActs(listed, run.config, can)
    this.plan = plan ?? planSteps(present, run.config)
    this.#leftOut = leftOut
    this.#notShown = [...leftOut.values()]
  }

  /** Begins the steps that are performed aside before any is asked for, where all will be. */
  begin(): void {
    this.#queue = this.#queue.then(() => this.#beginAside())
  }

  /**
   * Performs the step and all that it needs, unless that has happened. A failed step is no error here: its record says
   * so. Throws SPEC_INVALID for an unknown id, and for a step that was skipped because nothing requested it.
   */
  reach(id: string): Promise<Reached> {
    const reached = this.#queue.then(() => this.#reachNow(id))
    this.#queue = reached.catch(() => undefined)
    return reached
  }

  /** Ends when no step is being performed any more: a worker that asked for one may have gone before. */
  async settled(): Promise<void> {
    await this.#queue
    await this.asideSettled()
  }

  /** Ends when none of the steps (default: all) is performed aside any more. */
  async asideSettled(ids: readonly string[] = [...this.#begun.keys()]): Promise<void> {
    await Promise.all(ids.map(async (id) => this.#begun.get(id)))
  }

  /** What was found to differ between golden and clone. */
  get divergences(): readonly Divergence[] {
    return this.#divergences
  }

  /** What the rehearsal shows nothing about, as far as it is known; each once. */
  get notShown(): NotShown[] {
    return [...new Map(this.#notShown.map((one) => [one.what, one])).values()]
  }

  /** What an act has left, or undefined where it was not performed. */
  given<A extends AnyAct>(act: A): GivesOf<A> | undefined {
    return this.#given.get(act.id) as GivesOf<A> | undefined
  }

  /** The records in order, pending steps included. */
  steps(): Step[] {
    return this.plan.map(
      (plan) => this.#steps.get(plan.id) ?? makeRecord(plan, 'pending', 'not asked for', {}),
    )
  }

  async #reachNow(id: string): Promise<Reached> {
    const index = this.plan.findIndex((plan) => plan.id === id)
    if (index < 0) throw this.#unknownStep(id)
    const wanted = this.#closure(id)
    for (const plan of this.plan.slice(0, index + 1)) {
      if ((this.#isWhole || wanted.has(plan.id)) && !this.#steps.has(plan.id)) await this.#perform(plan)
    }
    return { step: this.#steps.get(id)!, isCurrent: this.#current === id }
  }

  #unknownStep(id: string): RehearsalError {
    const leftOut = this.#leftOut.get(id)
    return leftOut === undefined
      ? new RehearsalError('SPEC_INVALID', `no act or tier is called "${id}"`, {
          hint: `there are: ${this.plan.map((plan) => plan.id).join(', ')}`,
        })
      : new RehearsalError('SPEC_INVALID', `${id} is not part of this rehearsal: ${leftOut.reason}`, {
          hint: 'declare it in rehearsal.config.ts, or remove its specs',
        })
  }

  /** The step and everything that must have been tried before it. */
  #closure(id: string): Set<string> {
    const wanted = new Set<string>()
    const visit = (current: string): void => {
      if (wanted.has(current)) return
      wanted.add(current)
      const plan = this.plan.find(({ id: candidate }) => candidate === current)
      Object.values(plan?.needs ?? {}).forEach(visit)
      plan?.follows.forEach(visit)
    }
    visit(id)
    return wanted
  }

  async #perform(plan: StepPlan): Promise<void> {
    this.#run.signal.throwIfAborted()
    this.#refuseLate(plan)
    const blocker = Object.values(plan.needs)
      .map((need) => this.#steps.get(need))
      .find((step) => step?.status !== 'performed')
    if (blocker !== undefined) {
      const how = blocker.status === 'error' ? 'could not be performed' : 'failed'
      const reason = blocker.status === 'blocked' ? blocker.reason : `${blocker.id} ${how}: ${blocker.reason}`
      return this.#finish(makeRecord(plan, 'blocked', reason, {}))
    }
    this.#events.stepStarted(plan)
    if (plan.isAside) this.#beginAside()
    if (plan.isAlone) await this.asideSettled()
    if (this.#running === 0) await this.#run.servers.host?.databases.dropDue()
    const record = await (this.#begun.get(plan.id) ?? this.#act(plan))
    this.#current = plan.id
    this.#finish(record)
  }

  /** Begins every step that may be performed aside, as soon as what it needs has been. */
  #beginAside(): void {
    if (!this.#isWhole) return
    for (const plan of this.plan.filter(({ id, isAside }) => isAside && !this.#begun.has(id))) {
      const needs = Object.values(plan.needs)
      const needed = needs.flatMap((need) => this.#begun.get(need) ?? this.#record(need) ?? [])
      if (needed.length < needs.length) continue
      const run = Promise.all(needed).then((steps) =>
        // What blocks it is reported when it is asked for.
        steps.every(({ status }) => status === 'performed')
          ? this.#act(plan)
          : makeRecord(plan, 'pending', null, {}),
      )
      this.#begun.set(plan.id, run)
    }
  }

  /** What the step needs and uses, under the names by which it asks for it. */
  #giveTo({ act, needs }: StepPlan): Record<string, unknown> {
    const used = Object.entries<AnyAct>(act.uses ?? {}).map(([name, { id }]) => [name, id] as const)
    return Object.fromEntries(
      [...Object.entries(needs), ...used].map(([name, id]) => [name, this.#given.get(id)]),
    )
  }

  #record(id: string): Promise<Step> | undefined {
    const step = this.#steps.get(id)
    return step && Promise.resolve(step)
  }

  async #act(plan: StepPlan): Promise<Step> {
    const start = performance.now()
    this.#running += 1
    let record: Step
    try {
      const outcome = await onBehalfOf({ by: plan.id, kind: 'harness' }, () =>
        plan.act.perform(
          this.#run,
          this.#giveTo(plan) as never,
          plan.act.declaredBy?.(this.#run.config) as never,
        ),
      )
      const isPerformed = outcome.status === 'performed'
      if (isPerformed) this.#given.set(plan.id, outcome.gives)
      this.#divergences.push(...(outcome.divergences ?? []))
      this.#notShown.push(...(outcome.notShown ?? []))
      record = makeRecord(plan, outcome.status, isPerformed ? null : outcome.reason, outcome)
    } catch (error) {
      record = makeRecord(plan, 'error', describeError(this.#underInterruption(error)), {})
    } finally {
      this.#running -= 1
    }
    return { ...record, durationMs: performance.now() - start }
  }

  /**
   * What goes wrong in an interrupted run does so for that, as a rule: that comes first, and the fault as its cause.
   */
  #underInterruption(error: unknown): unknown {
    const { aborted, reason } = this.#run.signal
    return aborted && error !== reason ? new Error((reason as Error).message, { cause: error }) : error
  }

  /** A step whose turn is over can not be performed any more: the clone has moved on. */
  #refuseLate(plan: StepPlan): void {
    const index = this.plan.indexOf(plan)
    const later = this.plan.slice(index + 1).find(({ id }) => this.#steps.has(id))
    if (later === undefined || plan.act.isAnytime === true) return
    throw new RehearsalError(
      'SPEC_INVALID',
      `${plan.id} was requested after ${later.id} had been performed`,
      {
        hint: 'spec files run by folder and name: rename the file so that it follows the order of the acts',
      },
    )
  }

  #finish(step: Step): void {
    this.#steps.set(step.id, step)
    this.#events.stepFinished(step)
  }
}
