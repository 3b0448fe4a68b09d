import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RehearsalError } from '../../../harness/errors.ts'
import { evidenceSchema } from '../../../harness/evidence/schema.ts'
import { runProgram } from '../../../harness/process/run-program.ts'
import type { Benchmark } from '../benchmark.ts'
import { makePair } from '../results.ts'
import { measureSideBySide } from '../side-by-side.ts'
import { rehearseByHand } from './by-hand.ts'
import { takePrepared } from './hand.ts'

const rehearse = fileURLToPath(new URL('../../../bin/rehearse.mjs', import.meta.url))

/** A whole warm run of the harness, against the commands that do the same job by hand. */
export const wholeRun: Benchmark = {
  id: 'whole',
  title: 'a whole run',
  defaultRounds: 2,
  async measure(site, rounds) {
    const { root, runDirectory, signal } = site.run
    const output = join(runDirectory, 'reports')
    const runHarness = () =>
      runProgram(process.execPath, [rehearse, 'run', '--no-color', '--output', output], { cwd: root, signal })
    const prepared = await takePrepared(site)
    rounds.reportProgress('warming up')
    await runHarness()
    const partialTiers = await readPartialTiers(output)
    const byHand = (isCompared: boolean) => rehearseByHand(site, { prepared, isCompared, partialTiers })
    const [run, compared, bare] = await measureSideBySide(
      [
        { what: 'node bin/rehearse.mjs run', run: runHarness },
        { what: 'by hand, with pg_dump | sha256sum where equal', run: () => byHand(true) },
        { what: 'by hand, nothing compared', run: () => byHand(false) },
      ],
      { ...rounds, warmUp: false },
    )
    return {
      pairs: [
        makePair({ benchmark: 'whole', name: 'against commands that compare', limit: 1.25 }, run, compared),
        makePair({ benchmark: 'whole', name: 'against commands alone' }, run, bare),
      ],
    }
  },
}

/** The tiers behind which the run has rolled back: by hand it is done as often. */
async function readPartialTiers(output: string): Promise<string[]> {
  const evidence = evidenceSchema.parse(JSON.parse(await readFile(join(output, 'evidence.json'), 'utf8')))
  const tiers = evidence.acts.find(({ id }) => id === 'partial-rollback')?.facts['rolledBackAfter']
  if (!Array.isArray(tiers))
    throw new RehearsalError('EVIDENCE_INVALID', 'the run does not say where it rolled back')
  return tiers.map(String)
}
