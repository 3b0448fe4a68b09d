import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startVitest, type Vitest } from 'vitest/node'
import { RehearsalError } from '../errors.ts'
import { rehearsalTests } from './config.mjs'
import type { Recorder } from './recorder.ts'
import { RehearsalSequencer } from './sequencer.ts'
import { makeWorkerPool, poolName } from './worker-pool.ts'

export interface VitestRun {
  readonly root: string
  /** Spec files, relative to the root. */
  readonly files: readonly string[]
  /** Only tests whose name it matches. */
  readonly pattern: RegExp | undefined
  /** Where spec files reach the stage. */
  readonly socketPath: string
  readonly recorder: Recorder
  readonly signal: AbortSignal
}

const cancelDeadlineMs = 5_000
const ownModules = new RegExp(`^${escapePattern(fileURLToPath(new URL('..', import.meta.url)))}.*\\.js$`)

/**
 * Runs the spec files by Vitest in this process, one after the other; the recorder hears of every test. When the
 * signal aborts, the run is cancelled; a test that goes on nevertheless ends with its worker after a deadline.
 */
export async function runVitest(settings: VitestRun): Promise<void> {
  const { root, files, pattern, socketPath, recorder, signal } = settings
  signal.throwIfAborted()
  const workers = makeWorkerPool()
  let deadline: NodeJS.Timeout | undefined
  let refusal: RehearsalError | undefined
  const stop = (vitest: Vitest): void => {
    void vitest.cancelCurrentRun('keyboard-input')
    deadline = setTimeout(() => void workers.end(), cancelDeadlineMs)
  }
  const onInit = recorder.onInit.bind(recorder)
  recorder.onInit = (vitest) => {
    onInit(vitest)
    refusal = findRefusal(vitest)
    if (refusal !== undefined) throw refusal
    if (signal.aborted) stop(vitest)
    signal.addEventListener('abort', () => stop(vitest), { once: true })
  }
  try {
    const vitest = await startVitest(
      'test',
      files.map((file) => join(root, file)),
      {
        ...((await hasSettings(root)) ? {} : { config: false, ...rehearsalTests }),
        root,
        run: true,
        watch: false,
        // Its cache would be in the project, as node_modules, where npx then looks for the command.
        cache: false,
        pool: workers.pool,
        sequence: { sequencer: RehearsalSequencer },
        reporters: [recorder],
        // Vitest need not transform what is compiled, wherever it is installed.
        server: { deps: { external: [ownModules] } },
        provide: { stage: socketPath },
        ...(pattern === undefined ? {} : { testNamePattern: pattern }),
      },
    )
    await vitest.close()
  } finally {
    clearTimeout(deadline)
  }
  if (refusal !== undefined) throw refusal
}

/** Whether the project has a vitest.config.ts; another tool's vite.config.ts says nothing about a rehearsal. */
async function hasSettings(root: string): Promise<boolean> {
  return (await readdir(root)).some((name) => /^vitest\.config\.[cm]?[jt]s$/.test(name))
}

/** What the project's vitest.config.ts must not ask for: a rehearsal under it would show nothing. */
function findRefusal({ config, projects, vite }: Vitest): RehearsalError | undefined {
  const faults = [
    ...(projects.length > 1 || config.projects !== undefined
      ? ['projects: there is one rehearsal, with settings of its own']
      : []),
    ...(config.setupFiles.length > 0
      ? ['setupFiles: code that runs before a spec can change the meaning of its expectations']
      : []),
    ...(config.globalSetup.length > 0
      ? ['globalSetup: code that runs outside the specs is not part of them']
      : []),
    ...(vite.config.resolve.alias.some(({ find }) => !String(find).includes('@vite'))
      ? ['alias: a spec must get the module that it names']
      : []),
    ...(config.runner === undefined ? [] : ['runner: it decides what counts as a pass']),
    ...(config.onUnhandledError === undefined ? [] : ['onUnhandledError: it can hide an error']),
    ...(config.dangerouslyIgnoreUnhandledErrors === true
      ? ['dangerouslyIgnoreUnhandledErrors: it hides errors']
      : []),
    ...(config.retry ? ['retry: a test that passes only when retried proves nothing'] : []),
    ...(config.maxWorkers !== 1 ? ['fileParallelism, maxWorkers: all files share the databases'] : []),
    ...(config.pool === poolName ? [] : ['pool: `rehearse` has its own, which can end tests that hang']),
    ...(config.isolate ? ['isolate: a worker for each file takes time and gains nothing'] : []),
    ...(config.shard ? ['shard: acts and tiers build on each other'] : []),
    ...(config.sequence.shuffle ? ['sequence.shuffle: acts and tiers build on each other'] : []),
  ]
  if (faults.length === 0) return undefined
  return new RehearsalError(
    'OPTION_REFUSED',
    `the project's vitest.config.ts sets options that a rehearsal does not allow:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    { hint: "write: export default defineConfig({ test: rehearsalTests }), from 'dress-rehearsal/vitest'" },
  )
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
