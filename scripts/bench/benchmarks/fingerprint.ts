import { readFingerprint } from '../../../harness/fingerprint/fingerprint.ts'
import { inOneSnapshot } from '../../../harness/fingerprint/readers.ts'
import { openSession } from '../../../harness/postgres/session.ts'
import { required } from '../../../harness/stage/world.ts'
import type { Benchmark } from '../benchmark.ts'
import { makePair } from '../results.ts'
import { measureSideBySide } from '../side-by-side.ts'

/** Reading all that production is, against the least that looks at every row of it. */
export const fingerprint: Benchmark = {
  id: 'fingerprint',
  title: 'fingerprint of production, read whole',
  defaultRounds: 7,
  async measure({ world }, rounds) {
    const { readers, reader, snapshot } = required(world.production, 'production')
    await using session = await openSession(reader)
    const tables = [...snapshot.fingerprint.relations.values()]
    const [whole, counts] = await measureSideBySide(
      [
        {
          what: 'readFingerprint: rows, definitions, cluster; one snapshot',
          run: () => inOneSnapshot(readers, () => readFingerprint(readers)),
        },
        {
          what: `SELECT count(*) of the same ${tables.length} tables, one session`,
          async run() {
            for (const { sql } of tables) await session.rows(`SELECT count(*) FROM ONLY ${sql}`)
          },
        },
      ],
      { ...rounds, warmUp: true },
    )
    const pair = { benchmark: 'fingerprint', name: 'the whole of production', limit: 6 }
    return { pairs: [makePair(pair, whole, counts)] }
  },
}
