import type { RehearsalConfig } from '../config/rehearsal.ts'
import { RehearsalError } from '../errors.ts'
import type { Figure, Figures, Step } from '../evidence/schema.ts'
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

/** What a step changed, as it is declared: net rows by table, objects by class, tables rewritten, sequences moved. */
export interface DeclaredEffect {
  /** Table → rows more (or less, negative). Tables that were made or dropped empty are told by `created` and `dropped`. */
  readonly rows?: Readonly<Record<string, number>>
  /** Class of object (`table`, `view`, `function`, `index` …) → how many. */
  readonly created?: Readonly<Record<string, number>>
  readonly dropped?: Readonly<Record<string, number>>
  /** Tables whose content changed at the same number of rows: updates, or as many rows added as taken. */
  readonly rewritten?: readonly string[]
  /** Sequences that were there before and moved. */
  readonly sequences?: readonly string[]
}

/** The measured effect of a step. */
export class Effect {
  readonly label: string
  readonly step: Step

  constructor(step: Step) {
    this.label = step.id
    this.step = step
  }

  /** In the form in which it is declared. */
  measured(): Required<DeclaredEffect> {
    const { rows, objects, rewritten, sequences } = this.step
    const net = Object.entries(rows).map(
      ([table, { before, after }]) => [table, (after ?? 0) - (before ?? 0)] as const,
    )
    return {
      rows: Object.fromEntries(net.filter(([, change]) => change !== 0)),
      created: countByClass(objects.created),
      dropped: countByClass(objects.dropped),
      rewritten,
      sequences: Object.entries(sequences)
        .filter(([, { before, after }]) => before !== null && after !== null)
        .map(([name]) => name),
    }
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

function countByClass(objects: Step['objects']['created']): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { class: kind } of objects) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
