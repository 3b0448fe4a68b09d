import { z } from 'zod'
import { certificateSchema } from './certificate.ts'

/** A measure's figure: a safe integer, a text, or `null` for *absent* (its table does not exist). */
export const figureSchema = z.union([z.int(), z.string(), z.null()])

/** Measure name → figure. */
export const figuresSchema = z.record(z.string(), figureSchema)

/**
 * `fail`: something was shown to be wrong. `unknown`: the verdict could not be determined. Only a whole, green run is
 * `pass`.
 */
export const verdictSchema = z.enum(['pass', 'fail', 'unknown'])

/**
 * What became of an act or tier. `failed`: what is rehearsed failed (psql's exit, a refusal that did not come).
 * `error`: the harness could not perform it. `blocked`: an earlier step failed. `pending`: never asked for.
 */
const stepStatusSchema = z.enum(['performed', 'failed', 'error', 'blocked', 'pending'])

const noticeSchema = z.strictObject({
  severity: z.string(),
  message: z.string(),
  file: z.string().nullable(),
  line: z.int().nullable(),
})

/**
 * A database object by class (`table`, `view`, `function` …) and schema-qualified identity. `withParent`: it came or
 * went together with what it belongs to, as an index with its table.
 */
const databaseObjectSchema = z.strictObject({
  class: z.string(),
  identity: z.string(),
  withParent: z.boolean(),
})

const alteredObjectSchema = z.strictObject({
  class: z.string(),
  identity: z.string(),
  attributes: z.record(
    z.string(),
    z.strictObject({ before: z.string().nullable(), after: z.string().nullable() }),
  ),
})

/** Rows of a table by their keys, or as whole rows where there is none. */
const tableEffectSchema = z.strictObject({
  inserted: z.int().nonnegative(),
  updated: z.int().nonnegative(),
  deleted: z.int().nonnegative(),
  /** Written anew with the same content. */
  rewritten: z.int().nonnegative(),
  /** Keys of a few rows that changed. */
  keys: z.array(z.string()),
})

/** All that lies between two states of the clone; what is not named did not change. */
export const effectSchema = z.strictObject({
  tables: z.record(z.string(), tableEffectSchema),
  /**
   * Sequences that moved, were made or dropped (`null`); `moved`: values given out, a fraction where one was set off
   * its steps.
   */
  sequences: z.record(
    z.string(),
    z.strictObject({
      before: z.string().nullable(),
      after: z.string().nullable(),
      moved: z.number().nullable(),
    }),
  ),
  objects: z.strictObject({
    created: z.array(databaseObjectSchema),
    dropped: z.array(databaseObjectSchema),
    altered: z.array(alteredObjectSchema),
  }),
})

/** An act or tier with what was measured just before and just after it. */
export const stepSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  kind: z.enum(['act', 'tier']),
  /** Its section of the report. */
  section: z.enum(['harness', 'run result', 'divergences', 'second run and rollback', 'proofs', 'isolation']),
  status: stepStatusSchema,
  /** Why the status is not `performed`; else null. */
  reason: z.string().nullable(),
  /** What the stage itself found wrong with a step that was performed; one is enough for the verdict `fail`. */
  problems: z.array(z.string()),
  durationMs: z.number().nonnegative(),
  /** For a tier: the time of its SQL alone. Null where no SQL of the release ran. */
  sqlMs: z.number().nonnegative().nullable(),
  before: figuresSchema,
  after: figuresSchema,
  /** All that the step changed on the clone; null where it is no step on the clone. */
  effect: effectSchema.nullable(),
  /** Whether its specs must declare its effect; else the step itself judges it. */
  needsSpec: z.boolean(),
  notices: z.array(noticeSchema),
  /** Whatever else the act showed, such as `dumpBytes`, `exitCode`, `lastLine`; named and typed by the act. */
  facts: z.record(z.string(), z.json()),
})

const fileSchema = z.strictObject({
  path: z.string(),
  role: z.enum(['script', 'tier', 'rollback']),
  /** SHA-256 of the canonical bytes, hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

const deltaSchema = z.strictObject({
  kind: z.enum(['gate', 'guard', 'rollback-guard']),
  title: z.string(),
  file: z.string().nullable(),
  line: z.int().nullable(),
  canonical: z.string().nullable(),
  variant: z.string(),
})

const divergenceSchema = z.strictObject({
  /** Of the declared divergence; several figures can have the one cause. Null where none was declared. */
  title: z.string().nullable(),
  /** What differs: a measure, or a table and a kind of row in it. */
  subject: z.string(),
  golden: figureSchema,
  rehearsal: figureSchema,
  declared: z.boolean(),
  /** The declared cause; null where none was declared. */
  cause: z.string().nullable(),
  /**
   * The rows that show the cause, as the declared query returned them; all values as text. With the first figure only.
   */
  rows: z.array(z.record(z.string(), z.string().nullable())),
})

/**
 * Something that was excused from being compared, declared with its reason or by a named rule; or an escape from
 * its database that the release may take.
 */
const allowanceSchema = z.strictObject({
  kind: z.enum([
    'nondeterministic',
    'nondeterministic in golden',
    'residue',
    'partial effect',
    'lost by a dump',
    'reader may write',
    'escape',
  ]),
  /** A column, a sequence, a step, an object, a role; of an escape, its place and text. */
  subject: z.string(),
  reason: z.string(),
})

/** What the rehearsal shows nothing about, because it was not declared or is not possible here. */
const notShownSchema = z.strictObject({
  /** In a word or two, such as `rollback`. */
  what: z.string(),
  /** Why, and what therefore is not known. */
  reason: z.string(),
})

const testSchema = z.strictObject({
  /** Spec file, relative to the project, with forward slashes; for an act's own test `dress-rehearsal/acts/ID`. */
  file: z.string(),
  name: z.string(),
  /** The act or tier it belongs to; null where the file could not be loaded. */
  step: z.string().nullable(),
  status: z.enum(['passed', 'failed', 'error', 'skipped']),
  durationMs: z.number().nonnegative(),
  /** Why it was skipped; null otherwise. */
  reason: z.string().nullable(),
  /** Messages of its failures, without colours. */
  failures: z.array(z.strictObject({ message: z.string(), stack: z.string().nullable() })),
  /** Whether it declares its step's effect, and why only a part of it. */
  declares: z.strictObject({ partial: z.string().nullable() }).nullable(),
})

/** The record of one rehearsal, and the only input of every report. */
export const evidenceSchema = z.strictObject({
  schemaVersion: z.literal(4),
  verdict: verdictSchema,
  /** Why the verdict is not `pass`, one sentence each; empty for `pass`. */
  reasons: z.array(z.string()),
  rehearsal: z.strictObject({
    name: z.string(),
    /** ISO 8601, UTC. */
    startedAt: z.string(),
    durationMs: z.number().nonnegative(),
    /** What of the specs was asked for; null for all of them. */
    selection: z.string().nullable(),
  }),
  versions: z.record(z.string(), z.string()),
  release: z.strictObject({ files: z.array(fileSchema) }),
  deltas: z.array(deltaSchema),
  acts: z.array(stepSchema),
  tiers: z.array(stepSchema),
  divergences: z.array(divergenceSchema),
  allowances: z.array(allowanceSchema),
  notShown: z.array(notShownSchema),
  production: z.strictObject({ before: figuresSchema, after: figuresSchema }),
  /** What shows that production was only read; null where it was not entered. */
  certificate: certificateSchema.nullable(),
  tests: z.array(testSchema),
})

export type Figure = z.infer<typeof figureSchema>
export type Figures = z.infer<typeof figuresSchema>
export type Verdict = z.infer<typeof verdictSchema>
export type Step = z.infer<typeof stepSchema>
export type Notice = z.infer<typeof noticeSchema>
export type Effect = z.infer<typeof effectSchema>
export type ReleaseFile = z.infer<typeof fileSchema>
export type Delta = z.infer<typeof deltaSchema>
export type Divergence = z.infer<typeof divergenceSchema>
export type Allowance = z.infer<typeof allowanceSchema>
export type NotShown = z.infer<typeof notShownSchema>
export type TestRecord = z.infer<typeof testSchema>
export type Evidence = z.infer<typeof evidenceSchema>
