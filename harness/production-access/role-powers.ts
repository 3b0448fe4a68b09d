import { findReachingAttributes } from '../postgres/role-attributes.ts'
import { namesOf, reachingExtensions, reachingFunctions } from '../postgres/reaching-functions.ts'
import type { Session } from '../postgres/session.ts'

/** Roles of PostgreSQL's own whose members reach beyond their database (PostgreSQL manual, "Predefined Roles"). */
const memberships: Readonly<Record<string, string>> = {
  pg_execute_server_program: 'start programs on the server',
  pg_read_server_files: 'read files of the server',
  pg_write_server_files: 'write files of the server',
  pg_signal_backend: 'end other sessions',
  pg_create_subscription: 'subscribe to other servers',
}

/** Functions that none but superusers may call until somebody grants it. */
const functions = `^${namesOf(reachingFunctions, ({ reach, execute }) => reach !== undefined && execute === undefined)}$`

/** Extensions whose functions are enough to reach beyond the database. */
const extensions = `^${namesOf(reachingExtensions, ({ isCalled }) => isCalled === true)}$`

/**
 * What a role may do beyond its database, one phrase each that goes on from "may", from the session's database. Whatever
 * is not here, the server refuses it with 42501, however a release has put it together.
 */
export async function readRolePowers(session: Session, role: string): Promise<string[]> {
  const [own] = await session.rows('SELECT * FROM pg_roles WHERE rolname = $1', [role])
  const granted = await session.rows(
    `SELECT rolname AS name FROM pg_roles WHERE rolname ~ '^pg_' AND pg_has_role($1::name, oid, 'MEMBER')`,
    [role],
  )
  const objects = await session.rows(
    `SELECT DISTINCT 'call ' || proname || '()' AS power FROM pg_proc
       WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ $2
         AND has_function_privilege($1::name, oid, 'EXECUTE')
     UNION ALL
     SELECT DISTINCT 'call functions of the extension ' || e.extname FROM pg_extension e
       JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
         AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
       WHERE e.extname ~ $3 AND has_function_privilege($1::name, d.objid, 'EXECUTE')
     UNION ALL
     SELECT 'create servers of the foreign data wrapper ' || fdwname FROM pg_foreign_data_wrapper
       WHERE has_foreign_data_wrapper_privilege($1::name, oid, 'USAGE')
     UNION ALL
     SELECT 'use the foreign server ' || srvname FROM pg_foreign_server
       WHERE has_server_privilege($1::name, oid, 'USAGE')`,
    [role, functions, extensions],
  )
  const isSuperuser = own?.['rolsuper'] === true
  return [
    ...findReachingAttributes(own).map(([, , keyword, permits]) => `${permits} (${keyword})`),
    // A superuser is a member of all of them, and that says it all.
    ...(isSuperuser ? [] : granted).flatMap(({ name }) => {
      const power = memberships[String(name)]
      return power === undefined ? [] : [`${power} (${String(name)})`]
    }),
    ...(isSuperuser ? [] : objects).map(({ power }) => String(power)),
  ].sort()
}
