import { readFingerprint } from '../../../harness/fingerprint/fingerprint.ts'
import { inOneSnapshot } from '../../../harness/fingerprint/readers.ts'
import { openSession } from '../../../harness/postgres/session.ts'
import type { Benchmark } from '../benchmark.ts'
import { makePair } from '../results.ts'
import { measureSideBySide } from '../side-by-side.ts'

/** Reading all that production is, against the least that looks at every row of it. */
export const fingerprint: Benchmark = {
  id: 'fingerprint',
  title: 'full fingerprint of production',
  defaultRounds: 7,
  async measure({ production }, rounds) {
    const { readers, reader, reading } = production
    await using session = await openSession(reader)
    const tables = [...reading.fingerprint.relations.values()]
    const count = async (): Promise<void> => {
      for (const { sql } of tables) await session.rows(`SELECT count(*) FROM ONLY ${sql}`)
    }
    const [whole, counts, heapCounts] = await measureSideBySide(
      [
        {
          what: 'readFingerprint: rows, definitions, cluster; one snapshot',
          run: () => inOneSnapshot(readers, () => readFingerprint(readers)),
        },
        { what: `SELECT count(*) of the same ${tables.length} tables, one session`, run: count },
        {
          what: 'the same counts with index-only scans off, so that tables are read',
          async run() {
            await session.rows('SET enable_indexonlyscan = off')
            await count()
            await session.rows('RESET enable_indexonlyscan')
          },
        },
      ],
      { ...rounds, warmUp: true },
    )
    const pair = { benchmark: 'fingerprint', name: 'the whole of production' }
    return {
      pairs: [
        makePair({ ...pair, limit: 6 }, whole, counts),
        makePair({ ...pair, name: 'against counting in the tables' }, whole, heapCounts),
      ],
    }
  },
}
