import { RehearsalError } from '../errors.ts'
import { onBehalfOf } from '../postgres/sender.ts'
import { sqlstate, sqlstateOf, type Session } from '../postgres/session.ts'
import { listCanaryStatements } from './canary-statements.ts'

/** A write that was attempted: refused for insufficient privilege, or accepted if that was declared. */
export interface Canary {
  readonly statement: string
  readonly outcome: 'refused' | 'accepted'
  /** Null if it was accepted. */
  readonly sqlstate: string | null
}

/** How a canary write begins: the role's read-only default is lifted for it, and nothing else. */
export const canaryBegin = 'BEGIN TRANSACTION READ WRITE'

/**
 * Tries writes that change nothing. Each must be refused with 42501 in a read-write transaction: a read-only one
 * refuses everybody, and so proves no missing right. Throws CANARY_ACCEPTED if one is accepted, unless the role was
 * declared as one that may write, and where one is refused for another reason.
 */
export async function tryCanaryWrites(
  session: Session,
  { mayWrite = false }: { readonly mayWrite?: boolean } = {},
): Promise<Canary[]> {
  const canaries: Canary[] = []
  for (const statement of await listCanaryStatements(session)) {
    canaries.push(
      await onBehalfOf({ by: 'canary', kind: 'canary' }, () => tryWrite(session, statement, mayWrite)),
    )
  }
  return canaries
}

async function tryWrite(session: Session, statement: string, mayWrite: boolean): Promise<Canary> {
  await session.rows(canaryBegin)
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
  if (state === sqlstate.insufficientPrivilege) return { statement, outcome: 'refused', sqlstate: state }
  if (state === 'accepted' && mayWrite) return { statement, outcome: 'accepted', sqlstate: null }
  throw new RehearsalError(
    'CANARY_ACCEPTED',
    `a canary write to production was not refused (${state}): ${statement}`,
    {
      hint: 'rehearse with a role that has no right to write: docs/production-access.md has the SQL that creates it',
      cause,
    },
  )
}
