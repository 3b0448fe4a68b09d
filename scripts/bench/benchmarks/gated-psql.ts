import { requireSuccess } from '../../../harness/executor/require-success.ts'
import { startSteppedRun } from '../../../harness/executor/stepped-run.ts'
import { runScript } from '../../../harness/executor/run-script.ts'
import { RehearsalError } from '../../../harness/errors.ts'
import { ownDatabases } from '../../../harness/host/own-databases.ts'
import type { Benchmark } from '../benchmark.ts'
import { makePair } from '../results.ts'
import { measureSideBySide } from '../side-by-side.ts'
import type { Site } from '../site.ts'

const gatedTemplate = 'bench_gated'

/** What stopping psql at every tier costs by itself: nothing is read while it stands there. */
export const gatedPsql: Benchmark = {
  id: 'gated',
  title: 'the release with breakpoints',
  defaultRounds: 5,
  async measure(site, rounds) {
    const { run, psql, variantDirectory: directory } = site
    const { database } = run.config.clone
    await site.remake(database, ownDatabases.entry)
    await site.openGate()
    await site.remake(gatedTemplate, database)
    const prepare = () => site.remake(database, gatedTemplate)
    const [gated, bare] = await measureSideBySide(
      [
        {
          what: 'startSteppedRun, released at once at each breakpoint',
          prepare,
          run: () => runThroughGates(site),
        },
        {
          what: `psql -f ${run.release.script}`,
          prepare,
          async run() {
            const { script: file } = run.release
            const script = { psql, directory, file, connection: site.direct, signal: run.signal }
            requireSuccess(file, await runScript(script))
          },
        },
      ],
      { ...rounds, warmUp: true },
    )
    await site.drop(gatedTemplate)
    const pair = { benchmark: 'gated', name: 'the whole release', limit: 1.1 }
    return { pairs: [makePair(pair, gated, bare)] }
  },
}

/** Runs the release to the boundary behind a tier, or to its end, and ends psql there. */
export async function runThroughGates(site: Site, last?: string): Promise<void> {
  const { run, clone, psql, variantDirectory: directory } = site
  const { script, tiers } = run.release
  const { signal } = run
  await using psqlRun = await startSteppedRun({
    psql,
    directory,
    script,
    tiers,
    connection: clone.releaseRole,
    signal,
  })
  for (let leg = await psqlRun.next(); ; leg = await psqlRun.next()) {
    if (leg.kind === 'boundary' && leg.tier === last) return
    if (leg.kind === 'boundary') continue
    if (leg.exitCode === 0 && leg.error === null && last === undefined) return
    signal.throwIfAborted()
    throw new RehearsalError(
      'EXECUTOR_FAILED',
      `the release ended early, with psql exit ${leg.exitCode}: ${leg.error?.message ?? leg.output}`,
    )
  }
}
