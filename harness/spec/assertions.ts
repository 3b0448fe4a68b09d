import { RehearsalError } from '../errors.ts'
import { compareDeclaration } from '../evidence/compare-declaration.ts'
import type { DeclaredEffect } from '../evidence/declared-effect.ts'
import type { Figure } from '../evidence/schema.ts'
import { queryOf } from '../measure/take-figures.ts'
import type { Printed, StepEffect, StepFigures } from './subjects.ts'

/** An expectation that was not met; the message holds all there is to say. */
export class ExpectationError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'AssertionError'
  }
}

export interface FiguresAssertion<Name extends string> {
  /** Exact figures of the measures named; at least one. */
  toMeasure(expected: Readonly<Partial<Record<Name, Figure>>>): void
  /** Every measure that both moments have, figure by figure; at least one. */
  toEqualMeasures(other: StepFigures<Name>): void
}

export interface EffectAssertion {
  /** The whole effect; what is left out must not have happened. `{}`: nothing was changed. */
  toBeExactly(expected: DeclaredEffect): void
}

export interface PrintedAssertion {
  /** `key=value` pairs that were printed; at least one. */
  toReport(expected: Readonly<Record<string, string | number>>): void
}

export function figuresAssertion<Name extends string>(subject: StepFigures<Name>): FiguresAssertion<Name> {
  return {
    toMeasure(expected) {
      const names = Object.keys(expected) as Name[]
      if (names.length === 0) throw empty('toMeasure({}) names no measure')
      failUnlessEmpty(
        names
          .filter((name) => subject.get(name) !== expected[name])
          .map((name) => mismatch(subject, name, expected[name] ?? null)),
      )
    },
    toEqualMeasures(other) {
      const names = Object.keys(subject.all).filter((name) => name in other.all) as Name[]
      if (names.length === 0) throw empty(`${subject.label} and ${other.label} have no measure in common`)
      failUnlessEmpty(
        names
          .filter((name) => subject.get(name) !== other.get(name))
          .map((name) => `${mismatch(subject, name, other.get(name))}\n  as it is ${other.label}`),
      )
    },
  }
}

export function effectAssertion(subject: StepEffect): EffectAssertion {
  return {
    toBeExactly(declared) {
      const { partial, ...parts } = declared
      const { effect, label } = subject
      if (effect === null) throw empty(`${label} changes nothing on the clone: it has no effect to declare`)
      if (partial !== undefined && (partial.trim() === '' || Object.values(parts).every(isEmpty))) {
        throw empty(`${label}: a partial declaration needs a reason, and must declare something`)
      }
      subject.onDeclared(partial ?? null)
      const differences = compareDeclaration(declared, effect).map((difference) => `${label}: ${difference}`)
      if (differences.length > 0)
        failUnlessEmpty([...differences, `hint: npx rehearse effect ${label} prints the measured effect`])
    },
  }
}

function isEmpty(part: object): boolean {
  return Object.keys(part).length === 0
}

export function printedAssertion(subject: Printed): PrintedAssertion {
  return {
    toReport(expected) {
      const keys = Object.keys(expected)
      if (keys.length === 0) throw empty('toReport({}) names no printed key')
      failUnlessEmpty(
        keys
          .filter((key) => subject.pairs[key] !== String(expected[key]))
          .map((key) => {
            const actual = subject.pairs[key]
            return `${subject.label}: printed ${actual === undefined ? `no ${key}=…` : `${key}=${actual}`}, expected ${key}=${expected[key]}`
          }),
      )
    },
  }
}

function mismatch<Name extends string>(subject: StepFigures<Name>, name: Name, expected: Figure): string {
  const query = queryOf(subject.config.measures, name).trim().replace(/\s+/g, ' ')
  return `${subject.label}: measure "${name}" is ${show(subject.get(name))}, expected ${show(expected)}\n  shown by: ${query}`
}

function show(figure: Figure): string {
  return figure === null ? 'absent' : String(figure)
}

function failUnlessEmpty(mismatches: readonly string[]): void {
  if (mismatches.length > 0) throw new ExpectationError(mismatches.join('\n'))
}

function empty(message: string): RehearsalError {
  return new RehearsalError('SPEC_INVALID', message, { hint: 'an empty expectation always passes' })
}
