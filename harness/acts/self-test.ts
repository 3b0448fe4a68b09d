import { Cleanup } from '../process/cleanup.ts'
import { RehearsalError } from '../errors.ts'
import { compareDeclaration } from '../evidence/compare-declaration.ts'
import { requireSuccess } from '../executor/require-success.ts'
import { takeReading, type Reading } from '../measure/reading.ts'
import { openSession } from '../postgres/session.ts'
import { createDatabase, openCloneReaders } from '../host/clone-server.ts'
import { judgeRefusal } from './common/judge-refusal.ts'
import { judgeRollback } from './common/judge-rollback.ts'
import { runText } from './common/run-on-clone.ts'
import { ownDatabases } from '../host/own-databases.ts'
import { required, type Outcome, type World } from '../stage/world.ts'
import { changeBetween } from './common/read-clone.ts'

const smallSchema = `
  CREATE TABLE books (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL);
  INSERT INTO books (title) VALUES ('Tides'), ('Weather');
  CREATE TABLE loans (book integer NOT NULL REFERENCES books, days numeric);
  CREATE VIEW v_books AS SELECT title FROM books;
  GRANT SELECT ON v_books TO PUBLIC`

/** Faults that are sown, where each is, and how the comparison with a declared effect of nothing must report it. */
export const faults = {
  'one extra row': ['content', 'INSERT INTO loans VALUES (1, 7)', 'rows inserted in loans: 1'],
  'a row written anew': [
    'content',
    'UPDATE books SET title = title WHERE id = 1',
    'rows rewritten in books: 1',
  ],
  'a dropped grant': [
    'definitions',
    'REVOKE SELECT ON v_books FROM PUBLIC',
    'altered view public.v_books: grants',
  ],
  'a number drawn': ['content', "SELECT nextval('books_id_seq')", 'sequence books_id_seq gave out 1 values'],
} as const

/** The checks that are shown to be able to fail; each gives what it found amiss. */
export interface Checks {
  readonly effect: (before: Reading, after: Reading) => string[]
  readonly refusal: typeof judgeRefusal
  readonly rollback: (gated: Reading, after: Reading) => Promise<string[]>
}

export const ownChecks: Checks = {
  effect: (before, after) => compareDeclaration({}, changeBetween(before, after).effect!),
  refusal: judgeRefusal,
  rollback: (gated, after) => judgeRollback(gated, after, { residue: {}, isWhole: true }),
}

/**
 * Shows on a small database that the checks can fail: an empty release has an empty effect, sown faults are found, a
 * second run that nothing guards is told, and a rollback that does nothing, too. Throws CONTROL_FAILED for a check
 * that stays silent: what it did not find elsewhere is then not shown.
 */
export async function performSelfTest(world: World, checks: Checks = ownChecks): Promise<Outcome> {
  const { found, silent } = await tryChecks(world, checks)
  if (silent.length > 0) {
    throw new RehearsalError(
      'CONTROL_FAILED',
      `a check did not see what was sown for it: ${silent.join('; ')}`,
      {
        hint: 'this is a fault of the harness: a verdict that rests on the check shows nothing',
      },
    )
  }
  return {
    status: 'performed',
    facts: { database: 'a small one of the controls’ own', found },
  }
}

/** What the checks told as they should, and what they did not. */
async function tryChecks(world: World, checks: Checks): Promise<{ found: string[]; silent: string[] }> {
  await using cleanup = new Cleanup()
  const library = await openLibrary(world, cleanup)
  const told = { found: [] as string[], silent: [] as string[] }
  const note = (name: string, isTold: boolean) => told[isTold ? 'found' : 'silent'].push(name)
  let latest = library.first
  const around = async <T>(
    work: () => Promise<T>,
  ): Promise<{ result: T; before: Reading; after: Reading }> => {
    const before = latest
    const result = await work()
    latest = await library.read(before)
    return { result, before, after: latest }
  }
  const run = (text: string) => around(() => library.run(text))

  const empty = await run('SELECT 1')
  note('an empty release', checks.effect(empty.before, empty.after).length === 0)
  const sow = async (place: string): Promise<string[]> => {
    const sown = Object.values(faults).filter(([where]) => where === place)
    const { before, after } = await around(() => library.sow(sown.map(([, sql]) => sql)))
    return checks.effect(before, after)
  }
  // In content alone first: the definitions are then taken over from the reading before.
  const sentences = { content: await sow('content'), definitions: await sow('definitions') }
  for (const [name, [place, , sign]] of Object.entries(faults)) {
    note(
      name,
      sentences[place].some((sentence) => sentence.includes(sign)),
    )
  }
  const release = "INSERT INTO books (title) VALUES ('Maps')"
  const { before: gated } = await run(release)
  const again = await run(release)
  const refusal = await checks.refusal(again.result, again.before, again.after)
  note('a second run let in', refusal.length > 0)
  const rollback = await run('SELECT 1')
  note('a rollback of nothing', (await checks.rollback(gated, rollback.after)).length > 0)
  return told
}

/** The small database, with a copy of it as it was made; both go with the cleanup. */
async function openLibrary(world: World, cleanup: Cleanup) {
  const { server } = required(world.clone, 'clone')
  const { selfTest: database, selfTestEntry: copy } = ownDatabases
  cleanup.defer('the databases of the controls', () => {
    for (const name of [database, copy]) server.databases.dropLater(name)
  })
  const { releaseRole, superuser } = await createDatabase(world, server, database)
  // Another act may be performed as the release's role at this time, of whose connections production may allow few.
  const connection = server.isOwn ? superuser : releaseRole
  const run = (text: string) => runText(world, connection, text)
  requireSuccess('controls', await run(smallSchema))
  await server.databases.copy(database, copy)
  const sower = cleanup.own('the session that sows', await openSession({ ...connection, host: server.host }))
  const sow = async (statements: readonly string[]) => {
    for (const statement of statements) await sower.rows(statement)
  }
  const readers = cleanup.own('the sessions of the controls', await openCloneReaders(server, database))
  const entryReaders = cleanup.own(
    'the sessions in the copy of the controls',
    await openCloneReaders(server, copy, { asSuperuser: false }),
  )
  const settings = { measures: {}, place: 'elsewhere' } as const
  const first = withoutCluster(await takeReading(readers, settings))
  const entry = { readers: entryReaders, fingerprint: first.fingerprint }
  const read = async (earlier: Reading) =>
    withoutCluster(await takeReading(readers, { ...settings, earlier, entry }))
  return { first, run, sow, read }
}

/** What belongs to the whole server, where other acts are performed meanwhile, is none of the small database's. */
function withoutCluster(reading: Reading): Reading {
  return { ...reading, fingerprint: { ...reading.fingerprint, cluster: new Map() } }
}
