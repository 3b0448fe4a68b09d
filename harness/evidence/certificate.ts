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
  unneeded: z.array(rightSchema),
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
      kind: z.enum(['reading', 'transaction', 'setting', 'canary', 'administration']),
      count: z.int().positive(),
      by: z.array(z.string()),
    }),
  ),
  /** Programs that opened their own connections; what they sent is not among the statements. */
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

/** Attempts to reach production from the clone, made before the release ran. */
const escapeAttemptsSchema = z.strictObject({
  /** Why the clone's server and psql could not be kept apart from the rest of the machine; null where they were. */
  notConfined: z.string().nullable(),
  /** Network interfaces in sight of the clone's server. */
  network: z.array(z.string()),
  attempts: z.array(
    z.strictObject({
      escape: z.string(),
      outcome: z.enum(['refused', 'reached', 'unclear', 'not tried']),
      answer: z.string(),
    }),
  ),
})

/** Production at exit beside production at entry. */
const exitSchema = z.strictObject({
  /** Null where the run ended before it was known. */
  activity: z
    .strictObject({ state: z.enum(['quiet', 'live']), by: z.enum(['declared', 'observed']) })
    .nullable(),
  /** How it differs, write counters included. */
  changed: z.array(z.string()),
  /** Sessions, locks, prepared transactions and slots of the rehearsal. */
  left: z.array(z.string()),
})

/**
 * The evidence that production was only read: the reader's rights, and everything that was sent there between entry and
 * exit.
 */
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
  /**
   * Why the clone was on production's own server, which confines less, and what was done there for it; null
   * where the clone has a server of its own.
   */
  onProductionServer: z.strictObject({ reason: z.string(), ...askedSchema.shape }).nullable(),
  /** Null if the run ended before any attempt. */
  escapeAttempts: escapeAttemptsSchema.nullable(),
  /** Null where production was not read again. */
  exit: exitSchema.nullable(),
})

export type Certificate = z.infer<typeof certificateSchema>
