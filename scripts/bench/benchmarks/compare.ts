import { join } from 'node:path'
import { takeReading } from '../../../harness/measure/reading.ts'
import { Cleanup } from '../../../harness/process/cleanup.ts'
import { RehearsalError } from '../../../harness/errors.ts'
import { openReaders, type Readers } from '../../../harness/fingerprint/readers.ts'
import { compareReadings } from '../../../harness/comparison/compare-readings.ts'
import { printDifferences } from '../../../harness/comparison/print-difference.ts'
import { ownDatabases } from '../../../harness/host/own-databases.ts'
import type { Benchmark } from '../benchmark.ts'
import { makePair, type Findings } from '../results.ts'
import { measureSideBySide } from '../side-by-side.ts'
import { explainAbsence, findPgcopydb, runPgcopydbCompare } from './pgcopydb.ts'
import { compareRowChecksums } from './row-checksums.ts'
import { tryDifferences } from './small-differences.ts'

const [first, second] = ['bench_first', 'bench_second']

/** Telling that two databases are equal, against the nearest program that does; and what that one does not see. */
export const compare: Benchmark = {
  id: 'compare',
  title: 'two equal databases compared',
  defaultRounds: 5,
  async measure(site, rounds): Promise<Findings> {
    const { run, clone } = site
    const { signal, runDirectory } = run
    await using cleanup = new Cleanup()
    for (const name of [first, second]) await site.remake(name, ownDatabases.entry)
    const [one, two] = [first, second].map((database) => ({ ...clone.superuser, database })) as [
      typeof clone.superuser,
      typeof clone.superuser,
    ]
    const readers: Readers[] = []
    for (const { database } of [one, two]) {
      const opened = await openReaders({ ...clone.reader, database }, { ...clone.superuser, database })
      readers.push(cleanup.own(`the sessions in ${database}`, opened))
    }
    const absence = explainAbsence(findPgcopydb())
    const other =
      absence === undefined
        ? {
            what: 'pgcopydb compare data',
            run: () =>
              runPgcopydbCompare('data', one, two, { directory: join(runDirectory, 'pgcopydb'), signal }),
          }
        : {
            what: "the row checksums of pgcopydb's compare data, by 4 × 2 sessions",
            run: async () => requireEqual(await compareRowChecksums(one, two)),
          }
    const [own, theirs] = await measureSideBySide(
      [
        {
          what: 'fingerprints of both, and their comparison',
          run: async () => requireEqual(await compareWhole(readers[0]!, readers[1]!)),
        },
        other,
      ],
      { ...rounds, warmUp: true },
    )
    await cleanup[Symbol.asyncDispose]()
    for (const name of [first, second]) await site.drop(name)
    const pair = { benchmark: 'compare', name: 'two equal copies of the clone', limit: 1 }
    return {
      pairs: [makePair(pair, own, theirs)],
      absences:
        absence === undefined
          ? []
          : [{ benchmark: 'compare', what: 'pgcopydb compare data', reason: absence }],
      differences: await tryDifferences(site, { hasCompare: absence === undefined, compareWhole }),
    }
  },
}

/** Every respect in which the databases differ, as the harness tells it between two databases of one cluster. */
async function compareWhole(one: Readers, two: Readers): Promise<string[]> {
  const [before, after] = await Promise.all(
    [one, two].map((readers) => takeReading(readers, { measures: {}, place: 'elsewhere' })),
  )
  return printDifferences(await compareReadings(before!, after!), 'the first', 'the second')
}

function requireEqual(differences: readonly string[]): void {
  if (differences.length === 0) return
  throw new RehearsalError('CLONE_FAILED', `two copies of one database differ: ${differences.join('; ')}`)
}
