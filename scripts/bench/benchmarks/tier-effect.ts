import { Cleanup } from '../../../harness/process/cleanup.ts'
import { RehearsalError } from '../../../harness/errors.ts'
import { requireSuccess } from '../../../harness/executor/require-success.ts'
import { runScript } from '../../../harness/executor/run-script.ts'
import { openReaders, type Readers } from '../../../harness/fingerprint/readers.ts'
import { takeReading } from '../../../harness/measure/reading.ts'
import { ownDatabases } from '../../../harness/host/own-databases.ts'
import type { Benchmark } from '../benchmark.ts'
import { makePair } from '../results.ts'
import { measureSideBySide } from '../side-by-side.ts'
import type { Site } from '../site.ts'
import { runThroughGates } from './gated-psql.ts'

/** One-Roof's ownership seed: it inserts 30 rows, and changes nothing else. */
const smallTier = 'T3'
const beforeTemplate = 'bench_before_tier'

/** What it takes to tell a small tier's effect, against the tier itself. */
export const tierEffect: Benchmark = {
  id: 'tier',
  title: 'effect of a small tier',
  defaultRounds: 7,
  async measure(site, rounds) {
    const { run, clone, psql, variantDirectory: directory } = site
    const { config, signal } = run
    const { measures } = config
    const tier = config.release.tiers.find(({ id }) => id === smallTier)
    if (tier === undefined) throw new RehearsalError('SPEC_INVALID', `the release has no tier ${smallTier}`)
    await using cleanup = new Cleanup()
    const open = async (database: string, superuser = false): Promise<Readers> =>
      cleanup.own(
        `the sessions in ${database}`,
        await openReaders(
          { ...clone.reader, database },
          superuser ? { ...clone.superuser, database } : undefined,
        ),
      )

    await makeTemplate(site, tier.id)
    const entry = { ...clone.entry, readers: await open(ownDatabases.entry) }
    let readers = await open(beforeTemplate, true)
    const before = await takeReading(readers, { measures, place: 'elsewhere', entry })
    await readers[Symbol.asyncDispose]()

    const [bare, reading] = await measureSideBySide(
      [
        {
          what: `psql -f ${tier.file}`,
          prepare: () => site.remake(config.clone.database, beforeTemplate),
          async run() {
            const script = { psql, directory, file: tier.file, connection: site.direct, signal }
            requireSuccess(tier.file, await runScript(script))
          },
        },
        {
          what: 'takeSnapshot: measures, views, fingerprint, rows that changed',
          async prepare() {
            await readers[Symbol.asyncDispose]()
            readers = await open(config.clone.database, true)
          },
          run: () => takeReading(readers, { measures, place: 'elsewhere', earlier: before, entry }),
        },
      ],
      { ...rounds, warmUp: true },
    )
    await readers[Symbol.asyncDispose]()
    await site.drop(beforeTemplate)
    return { pairs: [makePair({ benchmark: 'tier', name: `${tier.id} ${tier.title}` }, reading, bare)] }
  },
}

/** Leaves the clone as it stands before the tier under another name. */
async function makeTemplate(site: Site, tier: string): Promise<void> {
  const { database } = site.run.config.clone
  const { tiers } = site.run.config.release
  const previous = tiers[tiers.findIndex(({ id }) => id === tier) - 1]
  await site.remake(database, ownDatabases.entry)
  await site.openGate()
  if (previous !== undefined) await runThroughGates(site, previous.id)
  await site.remake(beforeTemplate, database)
}
