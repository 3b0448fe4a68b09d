import { existsSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import { Cleanup } from '../process/cleanup.ts'
import { sweep } from '../cluster/sweep.ts'
import { requireConfig } from '../config/find-config.ts'
import { loadConfig } from '../config/load.ts'
import { describeError, RehearsalError } from '../errors.ts'
import type { Fault } from '../evidence/judge.ts'
import { inOrderOfSteps, toOwnTest } from '../evidence/own-test.ts'
import type { TestRecord } from '../evidence/schema.ts'
import type { Stage } from '../stage/stage.ts'
import { currentSender } from '../postgres/sender.ts'
import { createTerminal, type TerminalDisplay } from '../report/terminal.ts'
import { sweepCache } from '../cache/cache-entries.ts'
import type { Keep } from '../acts/common/run.ts'
import { Recorder } from '../vitest/recorder.ts'
import { selectSpecs } from '../vitest/select-specs.ts'
import { listSpecs } from '../vitest/spec-order.ts'
import { forbidCoreFiles } from '../process/core-files.ts'
import { gatherEvidence, type RunRecord } from './evidence.ts'
import { exitCodes } from './exit-codes.ts'
import { Interrupts } from '../process/interrupts.ts'
import { keepClone } from './keep-clone.ts'
import { openStage } from './open-stage.ts'
import { ownTemporaryFiles } from './own-temp.ts'
import { openReports, writeReports } from './reports.ts'

export interface RunOptions {
  /** Spec files, or parts of their paths; empty for all. */
  readonly files: readonly string[]
  readonly testNamePattern?: string
  readonly keep: Keep
  readonly output: string
  readonly color: boolean
}

/**
 * Rehearses the release of the project in the working directory, writes its reports, and returns the exit code.
 * Every outcome ends in a verdict; everything that was started is gone afterwards.
 */
export async function run(options: RunOptions): Promise<number> {
  const root = process.cwd()
  const outputDirectory = resolve(root, options.output)
  // If there is neither a project nor a report folder, none is created.
  if (!existsSync(outputDirectory)) await requireConfig(root)
  await using _folder = await openReports(outputDirectory)
  const record: RunRecord = {
    root,
    startMs: Date.now(),
    selection: describeSelection(options),
    faults: [],
    specFiles: [],
  }
  // A killed run leaves these reports behind: the verdict is unknown until the end.
  const provisional: Fault = { verdict: 'unknown', reason: 'the run did not finish' }
  await writeReports(outputDirectory, gatherEvidence({ ...record, faults: [provisional] }))

  const display = createTerminal({
    stream: process.stdout,
    ...(usesColour(options) ? {} : { colour: false }),
  })
  const interrupts = new Interrupts()
  const notes: string[] = []
  try {
    await rehearse(record, options, { outputDirectory, interrupts, display, notes })
  } catch (error) {
    record.faults.push(toFault(error))
  }
  if (interrupts.signal.aborted) record.interruption = (interrupts.signal.reason as Error).message
  const evidence = gatherEvidence(record)
  const files = await writeReports(outputDirectory, evidence)
  display.finish(evidence, { files, notes })
  interrupts.release()
  return exitCodes[evidence.verdict]
}

interface RunParts {
  readonly outputDirectory: string
  readonly interrupts: Interrupts
  readonly display: TerminalDisplay
  readonly notes: string[]
}

async function rehearse(record: RunRecord, options: RunOptions, parts: RunParts): Promise<void> {
  const { interrupts, display, notes, outputDirectory } = parts
  const { root } = record
  const config = (record.config = await loadConfig(root))
  record.specFiles = await listSpecs(root)
  const files = selectSpecs(
    record.specFiles,
    options.files.map((file) => fromRoot(root, file)),
  )
  const pattern = readPattern(options.testNamePattern)
  for (const path of [...(await sweep()), ...(await sweepCache())]) {
    notes.push(`removed what a killed run had left behind: ${path}`)
  }
  const coreFiles = await forbidCoreFiles()
  if (coreFiles !== null) notes.push(`a program that crashes may leave a core file: ${coreFiles}`)
  const part = record.selection === null ? null : `${record.selection}; its prerequisites are performed first`
  display.start({ name: config.name, specs: record.specFiles.length, selection: part })

  const recorder = new Recorder({
    selection: record.selection,
    onTest: (test) => display.testFinished(test),
    onPrinted: (text) => process.stderr.write(text),
  })
  const hasFailed = (): boolean =>
    recorder.tests.some(({ status }) => status === 'failed' || status === 'error') ||
    (record.stage?.steps() ?? []).some(
      (step) => step.problems.length > 0 || step.status === 'failed' || step.status === 'error',
    )
  await using cleanup = new Cleanup()
  // If Vitest refuses the run, acts that were started ahead of their specs are aborted.
  const refusal = new AbortController()
  const signal = AbortSignal.any([interrupts.signal, refusal.signal])
  const {
    stage,
    run: staged,
    socketPath,
    begin,
  } = await openStage({
    root,
    config,
    outputDirectory,
    isWhole: record.selection === null,
    cleanup,
    signal,
    keepsClone: () =>
      !signal.aborted && (options.keep === 'always' || (options.keep === 'on-failure' && hasFailed())),
    events: {
      stepStarted: (step) => display.stepStarted(step),
      stepFinished: (step) => display.stepFinished(step),
    },
    reportProgress: (message) => display.stepProgress({ id: currentSender().by, message }),
    note: (message) => void notes.push(message),
  })
  Object.assign(record, { stage, run: staged })
  const own: TestRecord[] = []
  using _temporary = await ownTemporaryFiles(staged.runDirectory)
  try {
    begin()
    const { runVitest } = await loadVitest()
    await runVitest({ root, files, pattern, socketPath, recorder, signal })
    if (!interrupts.signal.aborted) {
      record.faults.push(...recorder.faults, ...findEmptySelection(recorder.tests, pattern))
      if (record.selection === null) own.push(...(await testActs(stage, recorder.tests)))
    }
  } catch (error) {
    refusal.abort(error)
    throw error
  } finally {
    await stage.settled()
    record.tests = inOrderOfSteps(recorder.tests, own, stage.steps())
    const kept = staged.keepsClone() ? await keepClone(staged) : undefined
    if (kept !== undefined) {
      notes.push(...kept)
      record.faults.push({ verdict: 'unknown', reason: 'the clone was kept, so its removal was not shown' })
    }
  }
}

/** Performs the acts for which the project has no spec, each with its own test. */
async function testActs(stage: Stage, tests: readonly TestRecord[]): Promise<TestRecord[]> {
  const own: TestRecord[] = []
  for (const { id, act } of stage.plan) {
    if (act.needsSpec === true || tests.some(({ step }) => step === id)) continue
    own.push(toOwnTest((await stage.reach(id)).step))
  }
  return own
}

/** Vitest is slow to load; the servers start in the meantime. */
function loadVitest() {
  return import('../vitest/run-vitest.ts')
}

function findEmptySelection(tests: readonly TestRecord[], pattern: RegExp | undefined): Fault[] {
  if (tests.some(({ status }) => status !== 'skipped')) return []
  const reason =
    pattern === undefined ? 'no test ran' : `no test has a name that matches -t ${pattern.source}`
  return [{ verdict: 'unknown', reason }]
}

/** Editors pass absolute paths. */
function fromRoot(root: string, file: string): string {
  return isAbsolute(file) ? `./${relative(root, file)}` : file
}

function readPattern(text: string | undefined): RegExp | undefined {
  if (text === undefined) return undefined
  try {
    return new RegExp(text)
  } catch (cause) {
    throw new RehearsalError('OPTION_REFUSED', `-t ${text} is not a regular expression`, {
      hint: 'put a backslash before each of: ( ) [ ] { } * + ? . ^ $ |',
      cause,
    })
  }
}

function describeSelection({ files, testNamePattern }: RunOptions): string | null {
  const parts = [
    ...files,
    ...(testNamePattern === undefined ? [] : [`-t ${JSON.stringify(testNamePattern)}`]),
  ]
  return parts.length === 0 ? null : parts.join(' ')
}

/** A release whose files are not as declared is a FAIL; anything else that stops a run is UNKNOWN. */
function toFault(error: unknown): Fault {
  const isReleaseFault =
    error instanceof RehearsalError && ['GUARD_COUNT', 'RELEASE_REFUSED'].includes(error.code)
  return { verdict: isReleaseFault ? 'fail' : 'unknown', reason: describeError(error) }
}

function usesColour({ color }: RunOptions): boolean {
  return color && !process.env['NO_COLOR']
}
