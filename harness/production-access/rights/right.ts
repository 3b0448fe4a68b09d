/** A right that a session has, by itself or through a role that it may become. */
export interface Right {
  /** As PostgreSQL names it: `INSERT`, `SUPERUSER`, `OWNER`, `MEMBER`. */
  readonly right: string
  /** What it is on: `TABLE public.loans`, `ROLE pg_write_all_data`. */
  readonly on: string
  /** The role that was given it, or `PUBLIC`. */
  readonly through: string
  /** What somebody can do with it, where its name does not say so; else null. */
  readonly means: string | null
  /** The statement that takes it away. */
  readonly revoke: string
}

/** A right that the harness needs and the session has not. */
export interface MissingRight {
  readonly right: string
  readonly on: string
  /** The statement that gives it. */
  readonly grant: string
}

/** What a session may do in its database and cluster beyond reading, and what it may not read. */
export interface ReaderRights {
  readonly role: string
  /** By which it could change something. */
  readonly writes: readonly Right[]
  /** More than reading needs, without a way of its own to change what is there. */
  readonly unneeded: readonly Right[]
  readonly missing: readonly MissingRight[]
  /** Names of the functions among the unneeded that run with another role's rights, without schema. */
  readonly definerFunctions: readonly string[]
}

/** `INSERT on TABLE public.loans, through PUBLIC`. */
export function describeRight({ right, on, through, means }: Right): string {
  return `${right} on ${on}, through ${through}${means === null ? '' : `: ${means}`}`
}
