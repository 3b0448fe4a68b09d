import { namesOf, reachingExtensions, reachingFunctions } from '../../postgres/reaching-functions.ts'
import type { Session } from '../../postgres/session.ts'

const isElsewhere = ({ reach }: { reach?: string }) => reach === 'http' || reach === 'other-server'

/** Calls of functions that reach other servers, in the text of a function. */
const call = String.raw`\m(net\.http_\w+|${namesOf(reachingFunctions, isElsewhere)})\s*\(`

/** Extensions whose functions do so. */
const callers = `^${namesOf(reachingExtensions, (one) => one.isCalled === true && isElsewhere(one))}$`

/**
 * What calls another server when a row is written, or could be called to: extensions and triggers. They stay as they
 * are, since to take them away would make another database of it.
 */
export async function findWebhooks(session: Session): Promise<string[]> {
  const extensions = await session.rows(
    'SELECT extname AS name FROM pg_extension WHERE extname ~ $1 ORDER BY extname',
    [callers],
  )
  const triggers = await session.rows(
    `SELECT quote_ident(t.tgname) AS name, t.tgrelid::regclass::text AS relation, t.tgfoid::regprocedure::text AS function
     FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
     WHERE NOT t.tgisinternal
       AND (p.prosrc ~* $1 OR p.pronamespace::regnamespace::text || '.' || p.proname = 'supabase_functions.http_request')
     ORDER BY 1, 2`,
    [call],
  )
  return [
    ...extensions.map(({ name }) => `extension ${String(name)}: remains; its functions call other servers`),
    ...triggers.map(
      ({ name, relation, function: routine }) =>
        `trigger ${String(name)} on ${String(relation)}: remains; ${String(routine)} calls another server`,
    ),
  ]
}
