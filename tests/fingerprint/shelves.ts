import { Cleanup } from '../../harness/process/cleanup.ts'
import type { Effect } from '../../harness/evidence/schema.ts'
import { effectBetween } from '../../harness/fingerprint/effect.ts'
import { openReaders } from '../../harness/fingerprint/readers.ts'
import { takeReading, type Reading } from '../../harness/measure/reading.ts'
import type { Connection } from '../../harness/postgres/connection.ts'
import { openSession, type Session } from '../../harness/postgres/session.ts'
import { copyDatabase } from '../../harness/host/copy-database.ts'
import { query, type TestServer } from '../support/server.ts'
import { readDigests } from './read-digests.ts'

/** Tables of every kind that holds rows; `books` is large enough to be compared by chunks of blocks. */
const shelvesSql = `
  CREATE TABLE books (id integer PRIMARY KEY, copies integer, title text);
  INSERT INTO books SELECT n, n % 7, 'book ' || n FROM generate_series(1, 6000) n;
  CREATE TABLE loans (book integer, note text);
  INSERT INTO loans SELECT n % 5, 'note ' || n % 5 FROM generate_series(1, 50) n;
  CREATE TABLE shelves (room text, shelf integer, width numeric, extra integer, PRIMARY KEY (room, shelf));
  INSERT INTO shelves SELECT room, n, n FROM generate_series(1, 10) n, unnest(ARRAY['a', 'b "', 'c,']) room;
  CREATE TABLE visits (id integer, at date, place text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
  CREATE TABLE visits_2025 PARTITION OF visits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
  CREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
  INSERT INTO visits SELECT n, date '2025-12-20' + n, 'hall' FROM generate_series(1, 20) n;
  CREATE UNLOGGED TABLE scratch (id integer PRIMARY KEY, v integer);
  INSERT INTO scratch SELECT n, n FROM generate_series(1, 20) n;
  CREATE TYPE mood AS ENUM ('glad', 'sad', 'calm');
  CREATE TYPE pair AS (left_one numeric, right_one text);
  CREATE TABLE feelings (mood mood PRIMARY KEY, often pair, moods mood[]);
  INSERT INTO feelings VALUES ('glad', ROW(1.0, ''), '{sad}'), ('sad', ROW(2, NULL), '{}'), ('calm', NULL, '{calm}');
  CREATE TABLE drafts (id integer PRIMARY KEY, v integer);
  INSERT INTO drafts SELECT n, n FROM generate_series(1, 10) n;
  CREATE MATERIALIZED VIEW totals AS SELECT copies, count(*) FROM books GROUP BY copies;
  CREATE SEQUENCE numbers; SELECT nextval('numbers'); CREATE SEQUENCE steps INCREMENT -5;
  SELECT lo_from_bytea(7, '\\x0001'), lo_from_bytea(8, '\\x00');`

/** A database that was copied from an entry copy, two sessions that write to it, and what is read of it. */
export interface Shelves extends AsyncDisposable {
  readonly writer: Session
  readonly other: Session
  /** Reads it again. */
  read(): Promise<ReadState>
  /** Digests as a reading without an earlier one gives them. */
  readInFull(): Promise<Record<string, string>>
}

interface ReadState {
  /** What lies between this reading and the one before. */
  readonly effect: Effect
  readonly digests: Readonly<Record<string, string>>
  /** Relations whose digest was not taken over from the reading before. */
  readonly hashed: readonly string[]
}

export interface Entry {
  readonly connection: Connection
  readonly reading: Reading
}

/** Makes the entry copy: a database with the tables above, and whatever else is given. */
export async function makeEntry(server: TestServer, more = ''): Promise<Entry> {
  const connection = await server.makeDatabase()
  await query(connection, shelvesSql + more)
  await using readers = await openReaders(connection)
  return { connection, reading: await takeReading(readers, { measures: {}, place: 'elsewhere' }) }
}

let copies = 0

/** Copies the entry copy, to which nobody may be connected. */
export async function openShelves(entry: Entry): Promise<Shelves> {
  const connection = { ...entry.connection, database: `${entry.connection.database}_copy_${++copies}` }
  {
    await using session = await openSession({ ...connection, database: 'postgres' })
    await copyDatabase(session, entry.connection.database, connection.database)
  }
  const cleanup = new Cleanup()
  const entryReaders = cleanup.own('readers of the entry copy', await openReaders(entry.connection))
  const readers = cleanup.own('readers', await openReaders(connection))
  const writer = cleanup.own('the writer', await openSession(connection))
  const other = cleanup.own('the other writer', await openSession(connection))
  const entryCopy = { readers: entryReaders, fingerprint: entry.reading.fingerprint }
  let latest = entry.reading
  return {
    writer,
    other,
    async read() {
      const earlier = latest
      latest = await takeReading(readers, { measures: {}, place: 'elsewhere', earlier, entry: entryCopy })
      const { contents } = latest.fingerprint
      return {
        effect: effectBetween(earlier, latest),
        digests: Object.fromEntries([...contents].map(([name, { digest }]) => [name, digest])),
        hashed: [...contents].filter(([, { isHashed }]) => isHashed).map(([name]) => name),
      }
    },
    async readInFull() {
      await readers.leader.rows('BEGIN')
      const digests = await readDigests(readers.leader)
      await readers.leader.rows('ROLLBACK')
      return digests
    },
    [Symbol.asyncDispose]: () => cleanup[Symbol.asyncDispose](),
  }
}
