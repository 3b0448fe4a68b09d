import { startVitest, type Vitest } from 'vitest/node'
import { RehearsalError } from '../errors.ts'
import type { Recorder } from './recorder.ts'

export interface VitestRun {
  readonly root: string
  /** Parts of paths of spec files; empty for all. */
  readonly files: readonly string[]
  readonly pattern: string | undefined
  /** Where spec files reach the stage. */
  readonly socketPath: string
  readonly recorder: Recorder
  readonly signal: AbortSignal
}

const cancelDeadlineMs = 20_000

/**
 * Runs the spec files by Vitest in this process, one after the other; the recorder hears of every test. When the
 * signal aborts, the run is cancelled, and given up after a deadline.
 */
export async function runVitest({
  root,
  files,
  pattern,
  socketPath,
  recorder,
  signal,
}: VitestRun): Promise<void> {
  signal.throwIfAborted()
  const cancelled = new Promise<'given up'>((resolve) => {
    signal.addEventListener('abort', () => setTimeout(resolve, cancelDeadlineMs, 'given up').unref(), {
      once: true,
    })
  })
  const run = startVitest('test', [...files], {
    root,
    run: true,
    watch: false,
    reporters: [cancelOn(signal, recorder)],
    provide: { stage: socketPath },
    ...(pattern === undefined ? {} : { testNamePattern: pattern }),
  })
  const vitest = await Promise.race([run, cancelled])
  if (vitest === 'given up')
    throw new RehearsalError('INTERRUPTED', 'Vitest did not stop when it was asked to')
  await vitest.close()
  if (recorder.tests.length === 0 && !signal.aborted) {
    throw new RehearsalError(
      'SPEC_INVALID',
      `no spec file matches ${files.join(' ') || 'specs/**/*.spec.ts'}`,
      {
        hint: 'a part of the path is enough: npm test -- tiers/t3',
      },
    )
  }
}

function cancelOn(signal: AbortSignal, recorder: Recorder): Recorder {
  const onInit = recorder.onInit.bind(recorder)
  recorder.onInit = (vitest: Vitest): void => {
    onInit(vitest)
    signal.addEventListener('abort', () => void vitest.cancelCurrentRun('keyboard-input'), { once: true })
  }
  return recorder
}
