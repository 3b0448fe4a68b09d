import { RehearsalError } from '../errors.ts'
import type { Session } from '../postgres/session.ts'

/** Which database of which cluster a session is in: names can be alike, these cannot. */
export interface Identity {
  readonly systemIdentifier: string
  /** Another one after a failover or a restore to an earlier time. */
  readonly timeline: string
  readonly databaseOid: string
  readonly database: string
}

/**
 * Reads the identity from the server (pg_control_system, pg_control_checkpoint; PostgreSQL manual, "Control Data
 * Functions").
 */
export async function readIdentity(session: Session): Promise<Identity> {
  const [row] = await session.rows(`
    SELECT (pg_control_system()).system_identifier::text AS system,
      (pg_control_checkpoint()).timeline_id::text AS timeline, oid::text AS oid, datname AS name
    FROM pg_database WHERE datname = current_database()`)
  return {
    systemIdentifier: String(row?.['system']),
    timeline: String(row?.['timeline']),
    databaseOid: String(row?.['oid']),
    database: String(row?.['name']),
  }
}

/** Throws CLONE_FAILED where what is about to be written is production itself. */
export function refuseProduction(production: Identity, clone: Identity): void {
  if (production.systemIdentifier !== clone.systemIdentifier) return
  if (production.databaseOid === clone.databaseOid) {
    throw new RehearsalError('CLONE_FAILED', `"${clone.database}" is production itself`, {
      hint: 'give the clone another name (clone.database)',
      details: { production, clone },
    })
  }
}

/** Throws CLONE_FAILED where what is about to be written is on production's server. */
export function refuseSameServer(production: Identity, clone: Identity): void {
  if (production.systemIdentifier !== clone.systemIdentifier) return
  throw new RehearsalError(
    'CLONE_FAILED',
    `"${clone.database}" is in the cluster of production (system identifier ${clone.systemIdentifier})`,
    { hint: 'the clone needs a cluster of its own', details: { production, clone } },
  )
}

/** Throws CONFIG_INVALID where golden is production under another name. */
export function refuseSame(production: Identity, golden: Identity): void {
  const isSame =
    production.systemIdentifier === golden.systemIdentifier && production.databaseOid === golden.databaseOid
  if (!isSame) return
  throw new RehearsalError(
    'CONFIG_INVALID',
    `golden "${golden.database}" is production itself (system identifier ${golden.systemIdentifier}, database OID ${golden.databaseOid})`,
    { hint: 'golden must be a database of its own', details: { production, golden } },
  )
}

/** Each part of the identity of a database, by what people call it, that is not as it was. */
export function describeChangedIdentity(place: string, before: Identity, after: Identity): string[] {
  const names = {
    systemIdentifier: 'system identifier',
    timeline: 'timeline',
    databaseOid: 'database OID',
    database: 'database',
  } as const
  return Object.entries(names).flatMap(([key, name]) => {
    const [was, is] = [before[key as keyof Identity], after[key as keyof Identity]]
    return was === is ? [] : [`the identity of ${place} has changed: ${name} ${was} at entry, ${is} now`]
  })
}
