import { z } from 'zod'

const sqlText = z.string().trim().min(1, 'needs a query')
const nameSchema = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be in lower snake_case')

const common = {
  /** What it counts, in a few words. */
  title: z.string().min(1),
  /** Tables without which the measure is *absent*; any other missing table is an error. */
  needs: z.array(z.string()).readonly().optional(),
  /** Where it is read. Default: in every database. */
  where: z.enum(['everywhere', 'production']).optional(),
  /** A role whose rights the reader must have; without it the query would not fail but read too little. */
  requiresRole: z.string().optional(),
}

/** One figure: `sql` gives one row of one column, a safe integer or a text. */
const singleMeasureSchema = z.strictObject({
  ...common,
  sql: sqlText,
  /** Views of production or the release that show the same figure, as queries: they must agree with it. */
  views: z.array(sqlText).readonly().optional(),
})

/**
 * A figure a kind: `each` gives rows of (kind, integer), read as the measures `name.kind`. A kind without a row
 * is 0; a kind that is not among `kinds` is an error, so that nothing is counted unseen.
 */
const groupedMeasureSchema = z.strictObject({
  ...common,
  each: sqlText,
  kinds: z.array(z.string().min(1)).min(1).readonly(),
})

export const measuresSchema = z.record(nameSchema, z.union([singleMeasureSchema, groupedMeasureSchema]))

export type SingleMeasure = z.input<typeof singleMeasureSchema>
export type GroupedMeasure = z.input<typeof groupedMeasureSchema>
export type Measures = Readonly<Record<string, SingleMeasure | GroupedMeasure>>

/** The names under which the figures of these measures are known: `gap`, `drift.projection_lag`. */
export type MeasureName<M extends Measures> = {
  [Name in keyof M & string]: M[Name] extends { kinds: readonly (infer Kind extends string)[] }
    ? `${Name}.${Kind}`
    : Name
}[keyof M & string]

/** The names of all figures, in order of declaration. */
export function figureNames(measures: Measures): string[] {
  return Object.entries(measures).flatMap(([name, measure]) =>
    'kinds' in measure ? measure.kinds.map((kind) => `${name}.${kind}`) : [name],
  )
}

/** The measure that gives a figure, or undefined for a name that none gives. */
export function measureOf(
  measures: Measures,
  figureName: string,
): SingleMeasure | GroupedMeasure | undefined {
  const single = measures[figureName]
  if (single !== undefined && !('kinds' in single)) return single
  return Object.entries(measures).find(
    ([name, measure]) => 'kinds' in measure && measure.kinds.some((kind) => figureName === `${name}.${kind}`),
  )?.[1]
}

/** Declares measures with their exact names, for use in a rehearsal's configuration. */
export function defineMeasures<const M extends Measures>(measures: M): M {
  return measures
}
