import type { Connection } from '../postgres/connection.ts'
import { describeError } from '../errors.ts'
import { quoteIdentifier, quoteLiteral, type Session } from '../postgres/session.ts'

/**
 * What became of a way to a database. `unclear`: it failed, but for no reason that keeps somebody out; `not tried`:
 * this server does not have it. Both show nothing.
 */
export interface Probe {
  readonly escape: string
  readonly outcome: 'refused' | 'reached' | 'unclear' | 'not tried'
  /** What the way answered, or why it was not tried. */
  readonly answer: string
}

/** Tries to get from the server to a database; throws with the answer where it does not. */
interface Way {
  readonly name: string
  /** The extension without which the server does not have it. */
  readonly extension?: string
  reach(session: Session, to: Connection): Promise<unknown>
}

/** How to reach a database as somebody does who has only found the server: no password is known, and none is seen. */
function connectionString({ host, port, user, database }: Connection): string {
  const parts = { host, port, user, dbname: database, connect_timeout: 3 }
  return Object.entries(parts)
    .map(([key, value]) => `${key}='${String(value).replace(/['\\]/g, '\\$&')}'`)
    .join(' ')
}

/** A shell's command by which psql connects; prints psql's own words, and its exit code in a last line. */
export function psqlCommand(psql: string, to: Connection): string {
  const words = [psql, '-X', '-w', '-d', connectionString(to), '-c', 'SELECT 1']
  return `${words.map(quoteShell).join(' ')} 2>&1; echo "exit $?"`
}

/** Why psql did not connect, from the lines that {@link psqlCommand} printed; undefined where it did. */
export function readFailure(lines: readonly string[]): string | undefined {
  return lines.at(-1) === 'exit 0' ? undefined : lines.slice(0, -1).join(' ')
}

/** The ways of a server's superuser, who may do all that a server can. */
function serverWays(psql: string): Way[] {
  return [
    {
      name: 'COPY … PROGRAM with psql',
      reach: async (session, to) => {
        const failure = readFailure(await readProgram(session, psqlCommand(psql, to)))
        if (failure !== undefined) throw new Error(failure)
      },
    },
    {
      name: 'dblink',
      extension: 'dblink',
      reach: (session, to) =>
        session.rows(`
          SELECT dblink_connect('probe', ${quoteLiteral(connectionString(to))});
          SELECT dblink_disconnect('probe')`),
    },
    {
      name: 'postgres_fdw',
      extension: 'postgres_fdw',
      reach: async (session, to) => {
        const option = (name: string, value: string | number) => `${name} ${quoteLiteral(String(value))}`
        await session.rows(`
          DROP SERVER IF EXISTS probe CASCADE;
          CREATE SERVER probe FOREIGN DATA WRAPPER postgres_fdw
            OPTIONS (${option('host', to.host)}, ${option('port', to.port)}, ${option('dbname', to.database)}, connect_timeout '3');
          CREATE USER MAPPING FOR CURRENT_USER SERVER probe
            OPTIONS (${option('user', to.user)}, password_required 'false');
          CREATE FOREIGN TABLE probe (datname name) SERVER probe OPTIONS (schema_name 'pg_catalog', table_name 'pg_database');
          SELECT FROM probe`)
      },
    },
  ]
}

/**
 * Tries each way to `target` by a superuser's session in a scratch database. A way counts only where it leads to the
 * server of `control`, which lets it in or asks it for a password: else it shows nothing, and this throws.
 */
export async function probeFromServer(
  session: Session,
  { psql, target, control }: { psql: string; target: Connection; control: Connection },
): Promise<Probe[]> {
  const probes: Probe[] = []
  for (const way of serverWays(psql)) {
    if (way.extension !== undefined) {
      const lacks = await installExtension(session, way.extension)
      if (lacks !== undefined) {
        probes.push({ escape: way.name, outcome: 'not tried', answer: lacks })
        continue
      }
    }
    const shown = await tryWay(() => way.reach(session, control))
    if (shown.outcome !== 'reached' && !asksForPassword.test(shown.answer))
      throw new Error(
        `${way.name} cannot even reach the clone, so the attempt shows nothing: ${shown.answer}`,
      )
    probes.push({ escape: way.name, ...(await tryWay(() => way.reach(session, target))) })
  }
  return probes
}

async function tryWay(reach: () => Promise<unknown>): Promise<Omit<Probe, 'escape'>> {
  try {
    await reach()
    return { outcome: 'reached', answer: 'connected' }
  } catch (error) {
    const cause = (error as Error).cause ?? error
    const detail = (cause as { detail?: string }).detail
    return judgeAnswer([describeError(cause), detail ?? ''].join(' '))
  }
}

/** What libpq says where a server is there, and wants to know who comes. */
const asksForPassword = /no password supplied|password authentication failed/i

/**
 * Reasons for a refused connection: no socket or network, no such database, no password, no right, refused by the
 * proxy.
 */
const refusals =
  /No such file or directory|Connection refused|unreachable|could not translate host name|timeout expired|does not exist|no password supplied|password authentication failed|pg_execute_server_program|is not a database of this rehearsal/i

/** Tells a refusal from another failure by its words. */
export function judgeAnswer(text: string): Omit<Probe, 'escape'> {
  const answer = text.trim().replace(/\s+/g, ' ')
  return { outcome: refusals.test(answer) ? 'refused' : 'unclear', answer }
}

async function installExtension(session: Session, name: string): Promise<string | undefined> {
  const [available] = await session.rows('SELECT 1 FROM pg_available_extensions WHERE name = $1', [name])
  if (available === undefined) return `the server has no extension ${name}`
  await session.rows(`CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(name)}`)
  return undefined
}

/** The lines that a program prints which the server starts. */
export async function readProgram(session: Session, command: string): Promise<string[]> {
  await session.rows(copyProgram(command))
  return (await session.rows('SELECT line FROM printed')).map(({ line }) => String(line))
}

/** Statements by which the server starts a program, and puts what it prints into the temporary table `printed`. */
export function copyProgram(command: string): string {
  return `
    CREATE TEMP TABLE IF NOT EXISTS printed (line text);
    TRUNCATE printed;
    COPY printed FROM PROGRAM ${quoteLiteral(command)} WITH (DELIMITER E'\\x01');`
}

function quoteShell(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
