import type { Assertion, ExpectStatic } from 'vitest'
import { RehearsalError } from '../errors.ts'
import {
  effectAssertion,
  figuresAssertion,
  printedAssertion,
  type EffectAssertion,
  type FiguresAssertion,
  type PrintedAssertion,
} from './assertions.ts'
import { Effect, Printed, StepFigures } from './subjects.ts'

/** `expect` of a spec: matchers of our own for figures, effects and printed lines; Vitest's for all else. */
export interface SpecExpect<Name extends string> {
  (subject: StepFigures<Name>): FiguresAssertion<Name>
  (subject: Effect): EffectAssertion
  (subject: Printed): PrintedAssertion
  <T>(subject: T): Assertion<T>
}

/** An `expect` that knows what was asserted by it. */
export interface CountedExpect<Name extends string> {
  readonly expect: SpecExpect<Name>
  /** Awaits what was left un-awaited; throws SPEC_INVALID where nothing was asserted, or an expect() had no matcher. */
  settle(): Promise<void>
}

export function countExpectations<Name extends string>(vitestExpect: ExpectStatic): CountedExpect<Name> {
  let made = 0
  let matched = 0
  const pending: unknown[] = []

  /** Vitest's assertions chain (`.not`, `.resolves`): each link is watched until a matcher is called. */
  const watch = <T extends object>(assertion: T, isFirst: boolean): T =>
    new Proxy(assertion, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property, target)
        if (typeof value === 'function') {
          return (...args: unknown[]): unknown => {
            if (isFirst) matched += 1
            refuseEmpty(String(property), args)
            const result: unknown = Reflect.apply(value, target, args)
            pending.push(result)
            return result
          }
        }
        return typeof value === 'object' && value !== null ? watch(value, isFirst) : value
      },
    })

  const expect = (subject: unknown): unknown => {
    made += 1
    if (subject instanceof StepFigures) return watch(figuresAssertion(subject), true)
    if (subject instanceof Effect) return watch(effectAssertion(subject), true)
    if (subject instanceof Printed) return watch(printedAssertion(subject), true)
    if (subject === undefined) {
      throw invalid(
        'expect(undefined): there is nothing to assert',
        'a property may be misspelt; read measures by before.get(name)',
      )
    }
    return watch(vitestExpect(subject), true)
  }

  return {
    expect: expect as SpecExpect<Name>,
    async settle() {
      await Promise.all(pending)
      if (made === 0) throw invalid('the test asserts nothing', 'use the expect that the test is given')
      if (matched < made)
        throw invalid(`${made - matched} expect() without a matcher`, 'call one: expect(x).toBe(y)')
    },
  }
}

function refuseEmpty(matcher: string, [argument]: unknown[]): void {
  const isEmpty = typeof argument === 'object' && argument !== null && Object.keys(argument).length === 0
  if (matcher === 'toMatchObject' && isEmpty)
    throw invalid('toMatchObject({}) is always met', 'name what must match')
}

function invalid(message: string, hint: string): RehearsalError {
  return new RehearsalError('SPEC_INVALID', message, { hint })
}
