import { join } from 'node:path'
import { RehearsalError } from '../../../harness/errors.ts'
import { openReaders, type Readers } from '../../../harness/fingerprint/readers.ts'
import type { Difference } from '../results.ts'
import type { Site } from '../site.ts'
import { runPgcopydbCompare } from './pgcopydb.ts'
import { compareRowChecksums } from './row-checksums.ts'

const [first, second] = ['bench_first', 'bench_second']

/** A shop, small enough to be compared in no time. */
const shop = `
  CREATE TABLE prices (id integer PRIMARY KEY, price integer NOT NULL DEFAULT 1);
  INSERT INTO prices VALUES (1, 1), (2, 1), (3, 1);
  CREATE INDEX prices_price ON prices (price);
  CREATE SEQUENCE receipts;
  CREATE MATERIALIZED VIEW dear AS SELECT id FROM prices WHERE price > 100;
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'closed'; END $$;
  CREATE TRIGGER closed BEFORE DELETE ON prices FOR EACH ROW EXECUTE FUNCTION refuse();
  SELECT lo_from_bytea(4711, 'the menu')`

/** Finds a price that row 3 can have instead of its own without its hash being another one. */
const sameHash = `
  SELECT min(price) AS one, max(price) AS other FROM generate_series(1, 400000) AS price
  GROUP BY hashtext((3, price)::text) HAVING count(*) > 1 ORDER BY 1 LIMIT 1`

/** Finds two pairs of prices for rows 1 and 2 that have nothing in common but the sum of the rows' hashes. */
const sameSum = `
  WITH one AS (SELECT price, hashtext((1, price)::text)::bigint AS hash FROM generate_series(1, 1000) AS price),
    two AS (SELECT price, hashtext((2, price)::text)::bigint AS hash FROM generate_series(1, 1000) AS price)
  SELECT array_agg(one.price || ' ' || two.price ORDER BY one.price, two.price)::text[] AS pairs
  FROM one, two GROUP BY one.hash + two.hash HAVING count(*) > 1 ORDER BY 1 LIMIT 1`

interface Planned {
  readonly difference: string
  /** What both databases have before, such as the one of two rows with the same hash. */
  readonly before?: string
  readonly change: string
}

interface Ways {
  /** Whether pgcopydb itself can be asked. */
  readonly hasCompare: boolean
  readonly compareWhole: (one: Readers, two: Readers) => Promise<string[]>
}

/** Makes one difference after the other between two small databases, and records what each way says of it. */
export async function tryDifferences(site: Site, ways: Ways): Promise<Difference[]> {
  await site.query('postgres', `CREATE DATABASE ${first}`)
  await site.query(first, shop)
  const found: Difference[] = []
  for (const planned of await planDifferences(site)) {
    site.run.signal.throwIfAborted()
    if (planned.before !== undefined) await site.query(first, planned.before)
    await site.remake(second, first)
    await site.query(second, planned.change)
    found.push({ difference: planned.difference, says: await askAll(site, ways) })
  }
  for (const name of [first, second]) await site.drop(name)
  return found
}

async function planDifferences(site: Site): Promise<Planned[]> {
  const [hash] = await site.query(first, sameHash)
  const [sum] = await site.query(first, sameSum)
  const pairs = String(sum?.['pairs']).match(/\d+ \d+/g)
  if (hash === undefined || pairs === null) {
    throw new RehearsalError('QUERY_FAILED', 'no two rows with the same hash were found', {
      hint: 'search more prices in scripts/bench/benchmarks/small-differences.ts',
    })
  }
  const setPrices = (pair: string): string => {
    const [one, two] = pair.split(' ')
    return `UPDATE prices SET price = ${one} WHERE id = 1; UPDATE prices SET price = ${two} WHERE id = 2`
  }
  const setThird = (price: unknown): string => `UPDATE prices SET price = ${Number(price)} WHERE id = 3`
  return [
    {
      difference: `row 3 has ${hash['other']} for ${hash['one']}: another row with the same 32-bit hash`,
      before: setThird(hash['one']),
      change: setThird(hash['other']),
    },
    {
      difference: `rows 1 and 2 have ${pairs[1]} for ${pairs[0]}: hashes with the same sum`,
      before: setPrices(pairs[0]!),
      change: setPrices(pairs[1]!),
    },
    { difference: 'a row more', change: 'INSERT INTO prices VALUES (4, 1)' },
    { difference: 'another default', change: 'ALTER TABLE prices ALTER price SET DEFAULT 2' },
    { difference: 'a missing index', change: 'DROP INDEX prices_price' },
    { difference: 'an advanced sequence', change: "SELECT nextval('receipts')" },
    { difference: 'a grant more', change: 'GRANT DELETE ON prices TO PUBLIC' },
    { difference: 'a disabled trigger', change: 'ALTER TABLE prices DISABLE TRIGGER closed' },
    { difference: 'a table more', change: 'CREATE TABLE refunds (id integer)' },
    {
      difference: 'a materialized view filled from other rows',
      change: `
        UPDATE prices SET price = price + 1000; REFRESH MATERIALIZED VIEW dear;
        UPDATE prices SET price = price - 1000`,
    },
    { difference: 'different bytes in a large object', change: "SELECT lo_put(4711, 0, 'THE')" },
  ]
}

async function askAll({ run, clone }: Site, { hasCompare, compareWhole }: Ways): Promise<Difference['says']> {
  const [one, two] = [first, second].map((database) => ({ ...clone.superuser, database }))
  const readers = async (database: string) =>
    openReaders({ ...clone.reader, database }, { ...clone.superuser, database })
  const says: Record<string, string[]> = {}
  {
    await using ours = await readers(first)
    await using theirs = await readers(second)
    says['harness'] = await compareWhole(ours, theirs)
  }
  const checksums = await compareRowChecksums(one!, two!)
  says['row checksums'] = checksums.map((table) => `${table} differs`)
  for (const what of hasCompare ? (['data', 'schema'] as const) : []) {
    const settings = { directory: join(run.runDirectory, 'pgcopydb'), signal: run.signal }
    says[`pgcopydb compare ${what}`] = await runPgcopydbCompare(what, one!, two!, settings).then(
      (output) =>
        what === 'data'
          ? output
              .split('\n')
              .filter((text) => text.includes('| ! |'))
              .slice(1)
          : [],
      (error: Error) => {
        run.signal.throwIfAborted()
        return [error.message]
      },
    )
  }
  return says
}
