import { findReachingFunction, namesOf, reachingFunctions } from '../../postgres/reaching-functions.ts'
import type { Session } from '../../postgres/session.ts'
import type { Grantees } from './grantees.ts'
import type { Right } from './right.ts'

/** System functions that are everybody's and leave something behind, though nobody was given a right to write. */
const publicByDefault = `^${namesOf(reachingFunctions, ({ execute }) => execute === 'public')}$`

/** Of those that are kept from everybody at first, what only tells. */
const telling = /^pg_(ls_|stat_file|read_|show_|get_|hba_|ident_|current_logfile|config)/

/** Functions by which a session could do more than its own rights allow. */
export async function readFunctionRights(
  session: Session,
  { oids }: Grantees,
): Promise<{ writes: Right[]; unneeded: Right[]; definerFunctions: string[] }> {
  const executable = (acl: string) =>
    `EXISTS (SELECT FROM aclexplode(${acl}) AS a WHERE a.grantee = ANY ($1::oid[]) AND a.privilege_type = 'EXECUTE')`
  const acl = `coalesce(p.proacl, acldefault('f', p.proowner))`
  const through = `
    (SELECT string_agg(CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END, ', ' ORDER BY a.grantee)
     FROM aclexplode(${acl}) AS a WHERE a.grantee = ANY ($1::oid[]) AND a.privilege_type = 'EXECUTE')`
  const definerFunctions = await session.rows(
    `SELECT p.oid::regprocedure::text AS name, p.proname AS proname, p.prokind = 'p' AS is_procedure, p.prosecdef AS is_definer,
       l.lanname AS language, pg_get_userbyid(p.proowner) AS owner, ${through} AS through
     FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
     WHERE (p.prosecdef OR NOT l.lanpltrusted AND l.lanname NOT IN ('c', 'internal', 'sql'))
       AND p.proowner <> ALL ($1::oid[]) AND ${executable(acl)}
     ORDER BY 1`,
    [oids],
  )
  const opened = await session.rows(
    `SELECT p.oid::regprocedure::text AS name, p.proname AS proname, ${through} AS through
     FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_init_privs i
       ON i.classoid = 'pg_catalog.pg_proc'::regclass AND i.objoid = p.oid AND i.privtype = 'i'
     WHERE EXISTS (
       SELECT FROM aclexplode(${acl}) AS a
       WHERE a.privilege_type = 'EXECUTE' AND a.grantee = ANY ($1::oid[]) AND a.grantee <> p.proowner
         AND NOT EXISTS (SELECT FROM aclexplode(i.initprivs) AS b
           WHERE b.grantee = a.grantee AND b.privilege_type = 'EXECUTE'))
     ORDER BY 1`,
    [oids],
  )
  const open = await session.rows(
    `SELECT p.proname AS proname, p.oid::regprocedure::text AS name, ${through} AS through
     FROM pg_catalog.pg_proc p
     WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname ~ $2 AND ${executable(acl)}
     ORDER BY 2`,
    [oids, publicByDefault],
  )
  const openedRights = opened.map((row) => ({
    isTelling: telling.test(String(row['proname'])),
    right: toRight('FUNCTION', row, 'not granted to PUBLIC by default'),
  }))
  return {
    definerFunctions: [...new Set(definerFunctions.map(({ proname }) => String(proname)))],
    writes: openedRights.filter(({ isTelling }) => !isTelling).map(({ right }) => right),
    unneeded: [
      ...openedRights.filter(({ isTelling }) => isTelling).map(({ right }) => right),
      ...definerFunctions.map((row) =>
        toRight(
          row['is_procedure'] === true ? 'PROCEDURE' : 'FUNCTION',
          row,
          row['is_definer'] === true
            ? `SECURITY DEFINER, runs with the rights of ${String(row['owner'])}`
            : `written in ${String(row['language'])}, runs with the rights of the server's process`,
        ),
      ),
      ...open.map((row) =>
        toRight('FUNCTION', row, findReachingFunction(String(row['proname']))?.does ?? null),
      ),
    ],
  }
}

function toRight(kind: string, row: Readonly<Record<string, unknown>>, means: string | null): Right {
  const [through, on] = [String(row['through']), `${kind} ${String(row['name'])}`]
  return { right: 'EXECUTE', on, through, means, revoke: `REVOKE EXECUTE ON ${on} FROM ${through};` }
}
