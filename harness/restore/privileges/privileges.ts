import { join } from 'node:path'
import type { PostgresInstallation } from '../../cluster/find-binaries.mjs'
import { toEnvironment } from '../../postgres/environment.ts'
import { type Connection } from '../../postgres/connection.ts'
import { runProgram } from '../../process/run-program.ts'
import { openSession, type Session } from '../../postgres/session.ts'
import { readDatabase } from './database.ts'
import { readExtensionOwners } from './extensions.ts'
import { readLargeObjectGrants, readParameterGrants } from './grants.ts'
import { keepPrivileges } from './keep-privileges.ts'
import { readRoles } from './roles.ts'

/** Brings the roles of the source's cluster to another, with what they may set there, before anything is restored there: policies name them. */
export async function copyRoles(source: Connection, superuser: Connection, owner: string): Promise<void> {
  await using from = await openSession(source)
  await using to = await openSession(superuser)
  await runAll(to, [...(await readRoles(from, owner)), ...(await readParameterGrants(from))])
}

export interface PrivilegesSettings {
  readonly signal?: AbortSignal | undefined
  /** Whether the comment on the database is brought over; default: true. */
  readonly comment?: boolean
}

/**
 * Gives a restored database what `--no-owner --no-acl` left out: owners, grants, default privileges, and what holds for
 * the database as a whole. `superuser` is a connection to the restored database.
 */
export async function copyPrivileges(
  installation: PostgresInstallation,
  source: Connection,
  superuser: Connection,
  { signal, comment = true }: PrivilegesSettings = {},
): Promise<void> {
  await using from = await openSession(source)
  await using to = await openSession(superuser)
  const pgDump = join(installation.directory, 'pg_dump')
  const dump = await runProgram(pgDump, ['--schema-only'], {
    env: toEnvironment(source, [pgDump, '--schema-only']),
    signal,
  })
  await runAll(to, [
    ...(await readExtensionOwners(from, to)),
    ...keepPrivileges(dump),
    ...(await readLargeObjectGrants(from)),
    ...(await readDatabase(from, superuser.database, { comment })),
  ])
}

/** One by one, so that an error names its statement; all or none. */
export async function runAll(session: Session, statements: readonly string[]): Promise<void> {
  await session.rows('BEGIN')
  for (const statement of statements) await session.rows(statement)
  await session.rows('COMMIT')
}
