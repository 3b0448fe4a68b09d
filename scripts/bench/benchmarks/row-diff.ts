import { Cleanup } from '../../../harness/process/cleanup.ts'
import { RehearsalError } from '../../../harness/errors.ts'
import { rowChangeBetween, unchanged } from '../../../harness/fingerprint/content/row-diff.ts'
import { exactly } from '../../../harness/fingerprint/content/rows.ts'
import { readRowDiffs, type EntryCopy } from '../../../harness/fingerprint/row-diffs.ts'
import { readFingerprint } from '../../../harness/fingerprint/fingerprint.ts'
import { inOneSnapshot, openReaders } from '../../../harness/fingerprint/readers.ts'
import { openSession, type Session } from '../../../harness/postgres/session.ts'
import type { Benchmark } from '../benchmark.ts'
import { makePair, type Pair } from '../results.ts'
import { measureSideBySide } from '../side-by-side.ts'
import { dropMillionRows, makeMillionRows, millionDatabase, millionTable, variants } from './million-rows.ts'

/** As people do it by hand, which needs both tables in one database. */
const byHand = `
  SELECT count(*) AS rows FROM (
    (TABLE ${millionTable} EXCEPT ALL TABLE ${millionTable}_was)
    UNION ALL (TABLE ${millionTable}_was EXCEPT ALL TABLE ${millionTable})) AS differing`

/** Finding the rows of a large table that differ from what they were. */
export const rowDiff: Benchmark = {
  id: 'rows',
  title: 'rows that differ among a million',
  defaultRounds: 2,
  async measure(site, rounds) {
    const { reader } = site.clone
    await makeMillionRows(site)
    const pairs: Pair[] = []
    for (const { database, title, rows } of variants) {
      rounds.reportProgress(title)
      await using cleanup = new Cleanup()
      const open = async (name: string): Promise<EntryCopy> => {
        const readers = await openReaders({ ...reader, database: name })
        cleanup.own(`the sessions in ${name}`, readers)
        return { readers, fingerprint: await inOneSnapshot(readers, () => readFingerprint(readers)) }
      }
      const [entry, now] = [await open(millionDatabase), await open(database)]
      const session = cleanup.own('a session', await openSession({ ...reader, database }))
      const [delta, count, except] = await measureSideBySide(
        [
          {
            what: 'readDeltas of the table, against the copy as it was',
            run: async () => requireRows(await countUpdated(entry, now), rows),
          },
          {
            what: 'SELECT count(*) of the table',
            run: () => session.rows(`SELECT count(*) FROM ${millionTable}`),
          },
          {
            what: 'EXCEPT ALL both ways, in one database',
            // A row that was changed is found on both sides.
            run: async () => requireRows(await countByHand(session), 2 * rows),
          },
        ],
        { ...rounds, warmUp: false },
      )
      pairs.push(makePair({ benchmark: 'rows', name: `${title}; against counting` }, delta, count))
      pairs.push(makePair({ benchmark: 'rows', name: `${title}; against EXCEPT ALL` }, delta, except))
    }
    await dropMillionRows(site)
    return { pairs }
  },
}

async function countUpdated(entry: EntryCopy, { readers, fingerprint }: EntryCopy): Promise<number> {
  const read = () => readRowDiffs(entry, readers, fingerprint, [millionTable], exactly)
  const diffs = await inOneSnapshot(readers, read)
  return rowChangeBetween(unchanged, diffs.get(millionTable)!).changed.length
}

async function countByHand(session: Session): Promise<number> {
  const [row] = await session.rows(byHand)
  return Number(row?.['rows'])
}

function requireRows(found: number, expected: number): void {
  if (found === expected) return
  throw new RehearsalError('MEASURE_INVALID', `${found} rows differ, where ${expected} should`)
}
