import { z } from 'zod'
import { RehearsalError } from '../errors.ts'
import { escapeNames } from './escape-names.ts'
import { figureNames, measuresSchema, type MeasureName, type Measures } from './measures.ts'

const filePath = z.string().min(1)
const databaseName = z.string().min(1).max(63)
const sqlText = z.string().trim().min(1)
/**
 * Columns (`table.column`, outside of `public` `schema.table.column`) whose values differ between two honest runs,
 * such as a clock's, each with the reason.
 */
const nondeterministicSchema = z
  .record(z.string().regex(/^([^.]+\.)?[^.]+\.[^.]+$/, 'must be table.column'), z.string().min(1))
  .optional()
const variablesSchema = z.record(z.string().regex(/^\w+$/), z.string())

/** Key that the SQL prints in a NOTICE as `key=figure` → the measure that it must agree with, right after. */
const printsSchema = z.record(z.string(), z.string()).optional()

const tierSchema = z.strictObject({
  id: z.string().regex(/^\w+$/),
  title: z.string().min(1),
  file: filePath,
  /** Whether the tier carries a database-name guard: exactly one, or none. Default: what its files show. */
  guarded: z.boolean().optional(),
  prints: printsSchema,
})

const divergenceSchema = z.strictObject({
  title: z.string().min(1),
  /** Why golden and clone differ here. */
  cause: z.string().min(1),
  /** Figures that differ; each of them must. */
  measures: z.array(z.string()).min(1).readonly(),
  /** Tables whose rows differ for the same cause; each of them must. */
  tables: z.array(z.string()).readonly().optional(),
  /** Run on both databases; the rows found on one side only are the proof, and must account for the difference. */
  rows: sqlText,
})

/** The keys of a configuration. */
export const configurationSchema = z.strictObject({
  /** Default: the name of production's database. */
  name: z.string().min(1).optional(),
  production: z.strictObject({
    database: databaseName,
    /** The ordinary role that owns the database, and as which the release runs. */
    owner: z.string().min(1),
    /** psql script that makes schema and data, run as the owner in an empty database. */
    script: filePath,
    /** psql script run after it as the superuser: roles, grants, and whatever else the owner may not do. */
    administration: filePath.optional(),
    /** psql variables for both scripts. */
    variables: variablesSchema.optional(),
    /**
     * Whether others write to it during a rehearsal. `quiet`: it must be the same at exit; `live`: it need not.
     * Default: what is observed before the first tier.
     */
    activity: z.enum(['quiet', 'live']).optional(),
    /** SQL run as the owner after the script, to change production on purpose, for tests. */
    amend: sqlText.optional(),
    /**
     * Why the role that reads production and golden has rights to write there. Without a reason such a role is
     * refused; with one, the certificate names what it may write.
     */
    readerMayWrite: z.string().min(1).optional(),
  }),
  golden: z
    .strictObject({
      database: databaseName,
      /** SQL that takes a copy of production back to the day of the golden clone. */
      rewind: filePath.optional(),
      /** SQL of what was tried on the golden clone after its release. */
      experiments: filePath.optional(),
      /** Production's own tables that the rewind changed. No other may differ between golden and clone. */
      rewound: z.array(z.string()).readonly().prefault([]),
      /** What differs between golden and any later run, beside `nondeterministic`. */
      nondeterministic: nondeterministicSchema,
    })
    .optional(),
  clone: z
    .strictObject({
      /** Default: production's name with `_rehearsal` behind it. */
      database: databaseName.optional(),
      /**
       * Whether the clone, and golden's restored dump, get the owners, grants and settings of their source, which the
       * plain dump leaves out. Default: true. Roles are copied all the same, since policies name them.
       */
      privileges: z.boolean().optional(),
      /**
       * Why the clone is created on production's own server, which confines a release less than its own server: a
       * database next to production, created and dropped by its superuser. Default: a server of its own.
       */
      onProductionServer: z.string().trim().min(1).optional(),
    })
    .prefault({}),
  nondeterministic: nondeterministicSchema,
  release: z.strictObject({
    directory: filePath,
    /** psql script that includes each tier on a line of its own. */
    script: filePath.optional(),
    rollback: z
      .strictObject({
        file: filePath,
        prints: printsSchema,
        /** What no rollback restores: sequences that the release has advanced, each with the reason. */
        residue: z.strictObject({ sequences: z.record(z.string(), z.string().min(1)) }).optional(),
      })
      .optional(),
    tiers: z.array(tierSchema).min(1).readonly(),
    /** Escapes that the release is allowed, by name (docs/sealed.md), each with the reason. */
    allows: z.partialRecord(z.enum(escapeNames), z.string().trim().min(1)).optional(),
  }),
  /**
   * The approval gate, simulated on the clone only: applied right before the first tier, revoked after the last
   * rollback.
   */
  gate: z.strictObject({ title: z.string().min(1), apply: sqlText, revoke: sqlText }).optional(),
  measures: measuresSchema.prefault({}),
  divergences: z.array(divergenceSchema).readonly().prefault([]),
})

const rehearsalSchema = configurationSchema
  .superRefine((config, context) => {
    const figures = new Set(figureNames(config.measures))
    config.divergences.forEach((divergence, index) => {
      for (const name of divergence.measures.filter((measure) => !figures.has(measure))) {
        context.addIssue({
          code: 'custom',
          path: ['divergences', index, 'measures'],
          message: `"${name}" is not a measure`,
        })
      }
    })
    for (const [key, prints] of [
      ...config.release.tiers.map(({ id, prints: printed }) => [`tiers.${id}`, printed] as const),
      ['rollback', config.release.rollback?.prints] as const,
    ]) {
      for (const name of Object.values(prints ?? {}).filter((measure) => !figures.has(measure))) {
        context.addIssue({
          code: 'custom',
          path: ['release', key, 'prints'],
          message: `"${name}" is not a measure`,
        })
      }
    }
    const ids = config.release.tiers.map(({ id }) => id)
    for (const id of ids.filter((name, index) => ids.indexOf(name) !== index)) {
      context.addIssue({ code: 'custom', path: ['release', 'tiers'], message: `tier "${id}" occurs twice` })
    }
    const { production, golden, clone } = config
    if (clone.onProductionServer !== undefined && clone.privileges === false) {
      context.addIssue({
        code: 'custom',
        path: ['clone', 'privileges'],
        message: 'must not be off if the clone is on production’s own server, where a superuser restores it',
      })
    }
    if (golden === undefined && config.divergences.length > 0) {
      context.addIssue({
        code: 'custom',
        path: ['divergences'],
        message: 'need a golden clone',
      })
    }
    const names = [production.database, ...(golden ? [golden.database] : []), nameClone(config)]
    if (new Set(names).size < names.length) {
      context.addIssue({
        code: 'custom',
        path: ['clone', 'database'],
        message: 'production, golden and clone need different names',
      })
    }
  })
  .transform((config) => ({
    ...config,
    name: config.name ?? config.production.database,
    clone: { ...config.clone, database: nameClone(config) },
  }))

function nameClone({ production, clone }: z.output<typeof configurationSchema>): string {
  return clone.database ?? `${production.database}_rehearsal`
}

/** A checked configuration. */
export type RehearsalConfig = z.output<typeof rehearsalSchema>
export type TierConfig = z.output<typeof tierSchema>
export type TierInput = z.input<typeof tierSchema>

/** A configuration as written, with its exact measure names and tiers in its type. */
export type RehearsalInput<M extends Measures, T extends readonly TierInput[]> = Omit<
  z.input<typeof rehearsalSchema>,
  'measures' | 'release' | 'divergences'
> & {
  measures?: M
  release: Omit<z.input<typeof rehearsalSchema>['release'], 'tiers'> & { tiers: T }
  divergences?: readonly (Omit<z.input<typeof divergenceSchema>, 'measures'> & {
    measures: readonly MeasureName<M>[]
  })[]
}

/** Declares a rehearsal; the default export of `rehearsal.config.ts`. Checked when a run loads it. */
export function defineRehearsal<
  const T extends readonly TierInput[],
  const M extends Measures = Record<never, never>,
>(config: RehearsalInput<M, T>): RehearsalInput<M, T> {
  return config
}

/** Checks a configuration; throws CONFIG_INVALID with all its faults at once, each with its key. */
export function checkRehearsal(config: unknown, source: string): RehearsalConfig {
  const checked = rehearsalSchema.safeParse(config)
  if (checked.success) return checked.data
  const faults = checked.error.issues.map(({ path, message }) => `${path.join('.') || '(whole)'}: ${message}`)
  throw new RehearsalError('CONFIG_INVALID', `${source} is not a valid rehearsal: ${faults.join('\n  ')}`, {
    hint: 'correct it: docs/writing-specs.md of dress-rehearsal explains each key, docs/own-project.md shows a complete configuration',
  })
}
