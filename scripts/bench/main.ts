import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { CommanderError } from 'commander'
import { Cleanup } from '../../harness/process/cleanup.ts'
import { Interrupts } from '../../harness/process/interrupts.ts'
import { describeError } from '../../harness/errors.ts'
import type { Benchmark } from './benchmark.ts'
import { benchmarks } from './benchmarks.ts'
import { currentLoad, describeMachine } from './machine.ts'
import { isHelp, readOptions, type BenchOptions } from './options.ts'
import { renderFindings, renderHead, renderLimits } from './render.ts'
import { resultsSchema, type Findings, type Results } from './results.ts'
import { openSite } from './site.ts'

const exitCodes = { measured: 0, notMeasured: 2 } as const

/**
 * Measures the rehearsal of the working directory, prints the ratios and writes them as JSON. Returns the exit code:
 * 0, also where a limit is passed, since times are noisy; 2 where it could not measure, or was interrupted. Everything
 * that it started is gone afterwards.
 */
export async function main(argv: readonly string[]): Promise<number> {
  let options: BenchOptions
  try {
    options = readOptions(argv)
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return isHelp(error) ? exitCodes.measured : exitCodes.notMeasured
  }
  const interrupts = new Interrupts()
  try {
    const path = resolve(options.json)
    await mkdir(dirname(path), { recursive: true })
    // What an earlier one has left must not be taken for this one's.
    await rm(path, { force: true })
    const results = await measure(options, interrupts.signal)
    console.log(renderLimits(results.pairs))
    await writeFile(path, `${JSON.stringify(results, undefined, 2)}\n`)
    console.log(`results in ${options.json}`)
    return exitCodes.measured
  } catch (error) {
    const { aborted, reason } = interrupts.signal
    console.error(describeError(aborted ? reason : error))
    return exitCodes.notMeasured
  } finally {
    interrupts.release()
  }
}

async function measure(options: BenchOptions, signal: AbortSignal): Promise<Results> {
  const startMs = Date.now()
  const reportProgress = (message: string) => console.error(`  ${message}`)
  const found: Findings[] = []
  await using cleanup = new Cleanup()
  console.error('making the databases')
  const site = await openSite({ root: process.cwd(), cleanup, signal, reportProgress })
  const { config, installation } = site.run
  const known = {
    project: config.name,
    size: process.env['REHEARSAL_SIZE'] === 'report' ? 'report' : 'default',
    databaseBytes: site.productionBytes,
    machine: describeMachine(installation.version),
  } as const
  console.log(renderHead(known))
  for (const benchmark of benchmarks.filter(({ id }) => options.only.includes(id))) {
    console.error(benchmark.title)
    const findings = await benchmark.measure(site, {
      rounds: roundsOf(benchmark, options),
      signal,
      reportProgress,
    })
    signal.throwIfAborted()
    // At once: whoever interrupts a long measurement has seen what was measured before.
    console.log(renderFindings(findings))
    found.push(findings)
  }
  return resultsSchema.parse({
    schemaVersion: 1,
    startedAt: new Date(startMs).toISOString(),
    durationMs: Date.now() - startMs,
    ...known,
    machine: { ...known.machine, loadAfter: currentLoad() },
    pairs: found.flatMap(({ pairs }) => pairs),
    absences: found.flatMap(({ absences }) => absences ?? []),
    differences: found.flatMap(({ differences }) => differences ?? []),
  } satisfies Results)
}

function roundsOf({ defaultRounds }: Benchmark, { rounds }: BenchOptions): number {
  return rounds ?? defaultRounds
}
