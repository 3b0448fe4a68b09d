import type { RehearsalConfig } from '../config/rehearsal.ts'
import { RehearsalError } from '../errors.ts'
import type { Effect, Figure, Figures, Step } from '../evidence/schema.ts'
import { readPrinted } from '../measure/contradictions.ts'
import { queryOf } from '../measure/take-figures.ts'

/** The figure of a measure whose table does not exist. */
export const absent = null

/** Figures of one moment of one step, by measure name. */
export class StepFigures<Name extends string = string> {
  readonly label: string
  readonly config: RehearsalConfig
  readonly all: Figures

  constructor(label: string, config: RehearsalConfig, all: Figures) {
    this.label = label
    this.config = config
    this.all = all
  }

  /** One figure. Throws MEASURE_UNKNOWN for a name that was not read here. */
  get(name: Name): Figure {
    const figure = this.all[name]
    if (figure !== undefined) return figure
    queryOf(this.config.measures, name)
    throw new RehearsalError('MEASURE_UNKNOWN', `measure "${name}" is not read ${this.label}`, {
      hint: `read there: ${Object.keys(this.all).join(', ') || 'nothing'}`,
    })
  }
}

/** The measured effect of a step. */
export class StepEffect {
  readonly label: string
  readonly effect: Effect | null
  /** Tells the recorder that the test declares the effect of its step, whole or in part. */
  readonly onDeclared: (partial: string | null) => void

  constructor(step: Step, onDeclared: (partial: string | null) => void) {
    this.label = step.id
    this.effect = step.effect
    this.onDeclared = onDeclared
  }
}

/** The `key=value` pairs that a step's SQL printed in its notices. */
export class Printed {
  readonly label: string
  readonly pairs: Readonly<Record<string, string>>

  constructor(step: Step) {
    this.label = step.id
    this.pairs = readPrinted(step.notices)
  }
}
