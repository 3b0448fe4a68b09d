import { z } from 'zod'

const rightSchema = z.strictObject({
  right: z.string(),
  on: z.string(),
  /** The role that was given it, or `PUBLIC`. */
  through: z.string(),
  /** What somebody can do with it, where its name does not say so; else null. */
  means: z.string().nullable(),
  /** The statement that takes it away. */
  revoke: z.string(),
})

const rightsSchema = z.strictObject({
  role: z.string(),
  /** By which it could change something; not empty only where that was declared, or ended the run. */
  writes: z.array(rightSchema),
  /** More than reading needs. */
  extras: z.array(rightSchema),
  /** What it would need to read all, with the statement that gives it; not empty only where that ended the run. */
  missing: z.array(z.strictObject({ right: z.string(), on: z.string(), grant: z.string() })),
})

/** A write that was tried, in a transaction that was rolled back. */
const canarySchema = z.strictObject({
  statement: z.string(),
  outcome: z.enum(['refused', 'accepted']),
  sqlstate: z.string().nullable(),
})

const askedSchema = z.strictObject({
  /** Each distinct statement that was sent, in the order in which they came first. */
  statements: z.array(
    z.strictObject({
      statement: z.string(),
      kind: z.enum(['reading', 'transaction', 'setting', 'canary']),
      count: z.int().positive(),
      by: z.array(z.string()),
    }),
  ),
  /** Programs that connected by themselves; what these sent is their own, and not among the statements. */
  programs: z.array(
    z.strictObject({
      program: z.string(),
      arguments: z.array(z.string()),
      count: z.int().positive(),
      by: z.array(z.string()),
    }),
  ),
  /** Statements that were not sent. */
  refused: z.array(z.strictObject({ statement: z.string(), by: z.string(), why: z.string() })),
})

/** What rests on what: production's access as it was shown, and all that was sent there between entry and exit. */
export const certificateSchema = z.strictObject({
  database: z.string(),
  /** Why the role may write; null where it was not declared to. */
  readerMayWrite: z.string().nullable(),
  /** Null where the run ended before they were read. */
  rights: rightsSchema.nullable(),
  canaries: z.array(canarySchema),
  ...askedSchema.shape,
  /** Null where there is no golden clone. */
  golden: z
    .strictObject({ database: z.string(), rights: rightsSchema.nullable(), ...askedSchema.shape })
    .nullable(),
})

export type Certificate = z.infer<typeof certificateSchema>
