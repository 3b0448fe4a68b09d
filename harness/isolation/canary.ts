import { RehearsalError } from '../errors.ts'
import type { DataRelation } from '../fingerprint/content/relations.ts'
import { sqlstate, sqlstateOf, type Session } from '../postgres/session.ts'

/** A write that was tried and refused for want of the right to it. */
export interface Canary {
  readonly statement: string
  readonly sqlstate: string
}

/**
 * Tries writes that change nothing even where they are let in: one to each table, and a table made. Each must be
 * refused with 42501 in a read-write transaction: a read-only one refuses everybody, and so proves no missing right.
 * Throws CANARY_ACCEPTED where one is let in, or refused for another reason.
 */
export async function tryCanaryWrites(
  session: Session,
  relations: readonly Pick<DataRelation, 'sql'>[],
): Promise<Canary[]> {
  const statements = [
    'CREATE TABLE public.dress_rehearsal_canary ()',
    ...relations.map(({ sql }) => `DELETE FROM ${sql} WHERE false`),
  ]
  const canaries: Canary[] = []
  for (const statement of statements) canaries.push(await tryWrite(session, statement))
  return canaries
}

async function tryWrite(session: Session, statement: string): Promise<Canary> {
  await session.rows('BEGIN TRANSACTION READ WRITE')
  let state: string | undefined = 'accepted'
  let cause: unknown
  try {
    await session.rows(statement)
  } catch (error) {
    state = sqlstateOf(error)
    cause = error
  } finally {
    await session.rows('ROLLBACK')
  }
  if (state === sqlstate.insufficientPrivilege) return { statement, sqlstate: state }
  throw new RehearsalError(
    'CANARY_ACCEPTED',
    `a canary write to production was not refused (${state}): ${statement}`,
    {
      hint: 'rehearse with a role that has no right to write: GRANT pg_read_all_data, pg_read_all_stats TO it, and nothing else',
      cause,
    },
  )
}
