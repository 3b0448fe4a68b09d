import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { addCounts, formatCounts } from './counts.ts'
import { judge, type StepResult } from './judge.ts'
import { type Counts, isReadingFault, readJunit } from './junit-file.ts'
import { renderCheckJunit } from './render-junit.ts'
import { runStep, takeOverSignals } from './run-step.ts'
import { checkJunit, listTestSteps, staticSteps, type Step } from './steps.ts'

/**
 * Runs everything that the project must pass, all of it even where a step fails, and prints as its last line the
 * sum of the JUnit files. Returns the exit code: 0, 1 if anything failed, 2 if a signal ended it early.
 */
export async function check(): Promise<number> {
  const startedAt = Date.now()
  const testSteps = listTestSteps(process.env)
  for (const { junit } of testSteps) if (junit !== undefined) await rm(junit, { force: true })
  await rm(checkJunit, { force: true })
  const signals = takeOverSignals()
  const perform = async (step: Step) => report(await judge(await runStep(step, signals), startedAt))

  const results = await performInPairs(staticSteps, perform)
  for (const step of testSteps) results.push(await perform(step))

  const counts = [await writeOwnJunit(results, startedAt), ...results.flatMap(({ counts }) => counts ?? [])]
  const total = addCounts(counts)
  console.log(`\n${formatCounts(total)}`)
  if (signals.received !== undefined) return 2
  return total.failed === 0 && results.every(({ fault }) => fault === undefined) ? 0 : 1
}

/** Two at a time: the machines on which this has to be quick have two cores. */
async function performInPairs(
  steps: readonly Step[],
  perform: (step: Step) => Promise<StepResult>,
): Promise<StepResult[]> {
  const results: StepResult[] = []
  const queue = [...steps.entries()]
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await perform(next[1])
  }
  await Promise.all([work(), work()])
  return results
}

function report(result: StepResult): StepResult {
  const { step, durationMs, fault, counts, output } = result
  const title = `${step.name} (npm run ${step.script}, ${(durationMs / 1000).toFixed(1)} s)`
  if (fault === undefined) console.log(`✓ ${title}${counts === undefined ? '' : `: ${formatCounts(counts)}`}`)
  else console.log(`\n✗ ${title}: ${fault}\n${output.trimEnd().replace(/^/gm, '  ')}\n`)
  return result
}

/** Writes the JUnit file of the check and reads it back, so that it is counted like the others. */
async function writeOwnJunit(results: readonly StepResult[], startedAt: number): Promise<Counts> {
  await mkdir(dirname(checkJunit), { recursive: true })
  await writeFile(checkJunit, renderCheckJunit(results, startedAt))
  const reading = await readJunit(checkJunit, startedAt)
  if (isReadingFault(reading)) throw new Error(`${checkJunit} ${reading.fault}`)
  return reading
}
