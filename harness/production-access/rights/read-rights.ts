import type { Session } from '../../postgres/session.ts'
import { readFunctionRights } from './function-rights.ts'
import { readGrantedRights } from './granted-rights.ts'
import { readGrantees } from './grantees.ts'
import { readMissingRights } from './missing-rights.ts'
import { readOwnedObjects } from './owned-objects.ts'
import type { ReaderRights } from './right.ts'
import { readRoleRights } from './role-rights.ts'

/**
 * Reads from the catalogs what the session's role may do in its database and cluster: through itself, through every
 * role that it may become, and through PUBLIC. A superuser may do anything, which is then all that is said.
 */
export async function readRights(session: Session): Promise<ReaderRights> {
  const grantees = await readGrantees(session)
  const { role } = grantees
  if (grantees.isSuperuser) {
    const superuser = {
      right: 'SUPERUSER',
      on: `ROLE ${role}`,
      through: role,
      means: 'may do anything',
      revoke: `ALTER ROLE ${role} NOSUPERUSER;`,
    }
    return { role, writes: [superuser], unneeded: [], missing: [], definerFunctions: [] }
  }
  const roles = await readRoleRights(session, grantees)
  const granted = await readGrantedRights(session, grantees)
  const functions = await readFunctionRights(session, grantees)
  return {
    role,
    writes: [
      ...roles.writes,
      ...(await readOwnedObjects(session, grantees)),
      ...granted.writes,
      ...functions.writes,
    ],
    unneeded: [...roles.unneeded, ...granted.unneeded, ...functions.unneeded],
    missing: await readMissingRights(session, role),
    definerFunctions: functions.definerFunctions,
  }
}
