import { RehearsalError } from '../errors.ts'
import type { Connection } from '../postgres/connection.ts'
import type { Session } from '../postgres/session.ts'

/** Which database of which cluster a session is in: names can be alike, these cannot. */
export interface Identity {
  readonly systemIdentifier: string
  readonly databaseOid: string
  readonly database: string
}

/** Reads the identity from the server (pg_control_system; PostgreSQL manual, "Control Data Functions"). */
export async function readIdentity(session: Session): Promise<Identity> {
  const [row] = await session.rows(`
    SELECT (pg_control_system()).system_identifier::text AS system, oid::text AS oid, datname AS name
    FROM pg_database WHERE datname = current_database()`)
  return {
    systemIdentifier: String(row?.['system']),
    databaseOid: String(row?.['oid']),
    database: String(row?.['name']),
  }
}

/** Throws CLONE_FAILED where what is about to be written lives on production's own server. */
export function refuseProduction(production: Identity, clone: Identity, connection: Connection): void {
  if (production.systemIdentifier !== clone.systemIdentifier) return
  throw new RehearsalError(
    'CLONE_FAILED',
    `"${connection.database}" lives in the cluster of production (system identifier ${clone.systemIdentifier})`,
    { hint: 'the clone needs a cluster of its own', details: { production, clone } },
  )
}
