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
import { Printed, StepEffect, StepFigures } from './subjects.ts'

/** `expect` of a spec: matchers of our own for figures, effects and printed lines; Vitest's for all else. */
export interface SpecExpect<Name extends string> {
  (subject: StepFigures<Name>): FiguresAssertion<Name>
  (subject: StepEffect): EffectAssertion
  (subject: Printed): PrintedAssertion
  <T>(subject: T): Assertion<T>
}

/** An `expect` that knows what was asserted by it. */
export interface CountedExpect<Name extends string> {
  readonly expect: SpecExpect<Name>
  /**
   * Awaits what was left un-awaited, and throws what was caught by the test. Throws SPEC_INVALID where nothing was
   * asserted, or an expect() had no matcher. Gives how often `.rejects` was asked for. No expect() may come after it.
   */
  settle(): Promise<number>
}

export function countExpectations<Name extends string>(vitestExpect: ExpectStatic): CountedExpect<Name> {
  const made: { isMatched: boolean }[] = []
  const failures: unknown[] = []
  const pending: unknown[] = []
  let rejections = 0
  let isOver = false

  /** Vitest's assertions chain (`.not`, `.resolves`): each link is watched until a matcher is called. */
  const watch = <T extends object>(assertion: T, mark: { isMatched: boolean }): T =>
    new Proxy(assertion, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property, target)
        if (property === 'rejects') rejections += 1
        if (typeof property === 'symbol' || property in Object.prototype) return value
        if (typeof value !== 'function') {
          return typeof value === 'object' && value !== null ? watch(value, mark) : value
        }
        return (...args: unknown[]): unknown => {
          mark.isMatched = true
          try {
            refuseEmpty(property, args)
            const result: unknown = Reflect.apply(value, target, args)
            pending.push(result)
            return result
          } catch (error) {
            failures.push(error)
            throw error
          }
        }
      },
    })

  const expect = (subject: unknown): unknown => {
    if (isOver) {
      const late = invalid(
        'an expect() was called after the end of its test',
        'await everything that the test starts',
      )
      // Where it is caught, too.
      void Promise.reject(late)
      throw late
    }
    const mark = { isMatched: false }
    made.push(mark)
    if (subject instanceof StepFigures) return watch(figuresAssertion(subject), mark)
    if (subject instanceof StepEffect) return watch(effectAssertion(subject), mark)
    if (subject instanceof Printed) return watch(printedAssertion(subject), mark)
    if (subject === undefined) {
      throw invalid(
        'expect(undefined): there is nothing to assert',
        'a property may be misspelt; read measures by before.get(name)',
      )
    }
    return watch(vitestExpect(subject), mark)
  }

  return {
    expect: expect as SpecExpect<Name>,
    async settle() {
      // One that the test itself caught has failed nevertheless.
      if (failures.length > 0) throw failures[0]
      await Promise.all(pending)
      if (made.length === 0)
        throw invalid('the test asserts nothing', 'use the expect that the test receives')
      const idle = made.filter(({ isMatched }) => !isMatched).length
      if (idle > 0) throw invalid(`${idle} expect() without a matcher`, 'call one: expect(x).toBe(y)')
      isOver = true
      return rejections
    },
  }
}

function refuseEmpty(matcher: string, [argument]: unknown[]): void {
  const isEmpty = typeof argument === 'object' && argument !== null && Object.keys(argument).length === 0
  if (matcher === 'toMatchObject' && isEmpty)
    throw invalid('toMatchObject({}) always passes', 'name what must match')
  if (matcher.includes('Snapshot'))
    throw invalid(
      `${matcher} records whatever it finds if nothing is stored`,
      'write the figures that must hold',
    )
}

function invalid(message: string, hint: string): RehearsalError {
  return new RehearsalError('SPEC_INVALID', message, { hint })
}
