import { Cleanup } from '../process/cleanup.ts'
import { RehearsalError } from '../errors.ts'
import { compareDeclaration } from '../evidence/compare-declaration.ts'
import { requireSuccess } from '../executor/require-success.ts'
import { takeReading, type Reading } from '../measure/reading.ts'
import { openSession } from '../postgres/session.ts'
import { createDatabase, openCloneReaders, type Host } from '../host/host.ts'
import { judgeRefusal } from './common/judge-refusal.ts'
import { judgeRollback } from './common/judge-rollback.ts'
import { runText } from './common/run-on-clone.ts'
import { ownDatabases } from '../host/own-databases.ts'
import { defineAct } from './common/act.ts'
import type { Run } from './common/run.ts'
import { clone } from './clone.ts'
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
  'a row rewritten': ['content', 'UPDATE books SET title = title WHERE id = 1', 'rows rewritten in books: 1'],
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
 * second run that nothing guards is reported, and so is a rollback that does nothing. Throws CONTROL_FAILED for a check
 * that stays silent: what it did not find elsewhere is then not shown.
 */
export const selfTest = defineAct({
  id: 'self-test',
  title: 'the checks can fail',
  folder: 'self-test',
  section: 'proofs',
  needs: { clone },
  overlap: 'aside',
  perform: (run, { clone: { clone: made } }) => testChecks(run, made.host),
})

/** Tries the checks on a database on the host. */
export async function testChecks(run: TestedRun, host: Host, checks: Checks = ownChecks) {
  const { found, silent } = await tryChecks(run, host, checks)
  if (silent.length > 0) {
    throw new RehearsalError(
      'CONTROL_FAILED',
      `a check did not detect the fault planted for it: ${silent.join('; ')}`,
      {
        hint: 'this is a fault in the harness: a verdict that relies on the check shows nothing',
      },
    )
  }
  return {
    status: 'performed' as const,
    facts: { database: 'a small one of the self-test’s own', found },
  }
}

type TestedRun = Pick<Run, 'installation' | 'root' | 'signal'>

/** What the checks told as they should, and what they did not. */
async function tryChecks(
  run: TestedRun,
  host: Host,
  checks: Checks,
): Promise<{ found: string[]; silent: string[] }> {
  await using cleanup = new Cleanup()
  const library = await openLibrary(run, host, cleanup)
  const results = { found: [] as string[], silent: [] as string[] }
  const note = (name: string, isReported: boolean) => results[isReported ? 'found' : 'silent'].push(name)
  let latest = library.first
  const around = async <T>(
    work: () => Promise<T>,
  ): Promise<{ result: T; before: Reading; after: Reading }> => {
    const before = latest
    const result = await work()
    latest = await library.read(before)
    return { result, before, after: latest }
  }
  const runAround = (text: string) => around(() => library.execute(text))

  const empty = await runAround('SELECT 1')
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
  const { before: gated } = await runAround(release)
  const again = await runAround(release)
  const refusal = await checks.refusal(again.result, again.before, again.after)
  note('a second run that is accepted', refusal.length > 0)
  const rollback = await runAround('SELECT 1')
  note('a rollback that does nothing', (await checks.rollback(gated, rollback.after)).length > 0)
  return results
}

/** The small database, with a copy of it as it was made; both go with the cleanup. */
async function openLibrary(run: TestedRun, host: Host, cleanup: Cleanup) {
  const { selfTest: database, selfTestEntry: copy } = ownDatabases
  cleanup.defer('the databases of the self-test', () => {
    for (const name of [database, copy]) host.databases.dropLater(name)
  })
  await createDatabase(host, database)
  const connection = { ...host.scratch, database }
  const execute = (text: string) => runText(run, host, connection, text)
  requireSuccess('self-test', await execute(smallSchema))
  await host.databases.copy(database, copy)
  const sower = cleanup.own(
    'the session that plants faults',
    await openSession({ ...connection, host: host.superuser.host }),
  )
  const sow = async (statements: readonly string[]) => {
    for (const statement of statements) await sower.rows(statement)
  }
  const readers = cleanup.own('the sessions of the self-test', await openCloneReaders(host, database))
  const entryReaders = cleanup.own(
    'the sessions in the copy of the self-test database',
    await openCloneReaders(host, copy, { asSuperuser: false }),
  )
  const settings = { measures: {}, place: 'elsewhere' } as const
  const first = withoutCluster(await takeReading(readers, settings))
  const entry = { readers: entryReaders, fingerprint: first.fingerprint }
  const read = async (earlier: Reading) =>
    withoutCluster(await takeReading(readers, { ...settings, earlier, entry }))
  return { first, execute, sow, read }
}

/** What belongs to the whole server, where other acts are performed meanwhile, is none of the small database's. */
function withoutCluster(reading: Reading): Reading {
  return { ...reading, fingerprint: { ...reading.fingerprint, cluster: new Map() } }
}
