/** A directory that holds every PostgreSQL program that a rehearsal needs, all of one version. */
export interface PostgresInstallation {
  readonly directory: string
  /** As the server tells it: `15.18`, `18beta1`. */
  readonly version: string
  readonly major: number
}

export interface FindOptions {
  /** Read: `PATH`, and `REHEARSAL_POSTGRES_BIN`, which replaces the search by one directory. Default `process.env`. */
  readonly env?: NodeJS.ProcessEnv
  /** Default `process.platform`. */
  readonly platform?: NodeJS.Platform
  /** Directories looked into before `PATH`; `*` stands for any part of a name. Default: where packages put them. */
  readonly roots?: readonly string[]
}

/** The fault of a `REHEARSAL_POSTGRES_BIN` that cannot be used. */
export interface BinariesError extends Error {
  readonly code: 'BINARIES_MISSING'
  readonly hint: string
}

/** The oldest major version that a rehearsal runs on. */
export const oldestMajor: number

/**
 * Finds the local installations of PostgreSQL, newest first. A directory counts only if all programs are in it,
 * run, and are of one version, 14 or newer. Throws a {@link BinariesError} if `REHEARSAL_POSTGRES_BIN` names a directory that does not count.
 */
export function findPostgresInstallations(options?: FindOptions): PostgresInstallation[]
