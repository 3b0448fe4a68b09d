import { z } from 'zod'
import { keepsLimit, ratioOf, summarise } from './statistics.ts'

const sampleSchema = z.strictObject({
  /** What was done. */
  what: z.string(),
  roundsMs: z.array(z.number().nonnegative()).min(1),
  minMs: z.number().nonnegative(),
  medianMs: z.number().nonnegative(),
})

/** One pair, measured side by side. */
const pairSchema = z.strictObject({
  benchmark: z.string(),
  name: z.string(),
  a: sampleSchema,
  b: sampleSchema,
  /** a / b. */
  ratio: z.strictObject({ ofMinima: z.number(), ofMedians: z.number() }),
  limit: z.number().nullable(),
  /** Whether both ratios are within the limit; null where there is none. */
  isKept: z.boolean().nullable(),
})

/** What could not be measured, and why. */
const absenceSchema = z.strictObject({ benchmark: z.string(), what: z.string(), reason: z.string() })

/** A difference between two small databases, and what each way of comparing them says of it. */
const differenceSchema = z.strictObject({
  difference: z.string(),
  /** Way of comparing → what it says; empty where it finds nothing. */
  says: z.record(z.string(), z.array(z.string())),
})

/** What `npm run bench` writes. */
export const resultsSchema = z.strictObject({
  schemaVersion: z.literal(1),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  project: z.string(),
  size: z.enum(['default', 'report']),
  databaseBytes: z.number().int(),
  machine: z.strictObject({
    cpu: z.string(),
    cores: z.number().int(),
    memoryBytes: z.number().int(),
    platform: z.string(),
    node: z.string(),
    postgres: z.string(),
    /** Load average of the last minute: work of others makes every figure longer. */
    loadBefore: z.number(),
    loadAfter: z.number(),
  }),
  pairs: z.array(pairSchema),
  absences: z.array(absenceSchema),
  differences: z.array(differenceSchema),
})

export type Results = z.infer<typeof resultsSchema>
export type Pair = Results['pairs'][number]
export type Absence = Results['absences'][number]
export type Difference = Results['differences'][number]

/** What one benchmark found. */
export interface Findings {
  readonly pairs: readonly Pair[]
  readonly absences?: readonly Absence[]
  readonly differences?: readonly Difference[]
}

/** What was done, and the time of each round. */
export interface Timed {
  readonly what: string
  readonly roundsMs: readonly number[]
}

/** A pair with its figures worked out. */
export function makePair(
  { benchmark, name, limit = null }: { benchmark: string; name: string; limit?: number | null },
  a: Timed,
  b: Timed,
): Pair {
  const [first, second] = [summarise(a.roundsMs), summarise(b.roundsMs)]
  const ratio = ratioOf(first, second)
  return {
    benchmark,
    name,
    a: { what: a.what, ...first, roundsMs: [...a.roundsMs] },
    b: { what: b.what, ...second, roundsMs: [...b.roundsMs] },
    ratio,
    limit,
    isKept: keepsLimit(ratio, limit),
  }
}
