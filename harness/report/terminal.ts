import type { TerminalStream } from './terminal/stream.ts'
import type { Evidence, Step, TestRecord } from '../evidence/schema.ts'
import { createLiveLine } from './terminal/live-line.ts'
import { createProse } from './terminal/prose.ts'
import { createStyle } from './terminal/style.ts'
import { formatStep } from './terminal/step-line.ts'
import { createProgress } from './terminal/progress.ts'
import { formatSummary, type ReportFiles } from './terminal/summary.ts'
import { createTestLog } from './terminal/test-log.ts'

export interface TerminalOptions {
  readonly stream: TerminalStream
  /** Width; by default that of the stream, else 80. */
  readonly columns?: number
  /** By default only where lines are live. */
  readonly colour?: boolean
  /** Whether one live line shows what is going on; by default on a TTY. */
  readonly interactive?: boolean
}

/** Shows a rehearsal as it happens. No line is wider than the terminal; `finish` writes the verdict as the last one. */
export interface TerminalDisplay {
  start(run: { name: string; specs: number; selection: string | null }): void
  stepStarted(step: { id: string; title: string; kind: Step['kind'] }): void
  /** Progress of a long step. */
  stepProgress(progress: { id: string; message: string }): void
  stepFinished(step: Step): void
  /** Failures and skips are shown at once, passes counted. */
  testFinished(test: TestRecord): void
  finish(evidence: Evidence, told: { files: ReportFiles; notes?: readonly string[] }): void
}

export function createTerminal(options: TerminalOptions): TerminalDisplay {
  const { stream } = options
  const interactive = options.interactive ?? stream.isTTY ?? false
  const style = createStyle(options.colour ?? interactive)
  const prose = createProse(() => options.columns ?? stream.columns ?? 80)
  const live = createLiveLine(stream, prose, style, interactive)
  const progress = createProgress(live, prose, style)
  const tests = createTestLog(live, prose, style)

  return {
    start({ name, specs, selection }) {
      const part = selection === null ? '' : `, only ${selection}`
      live.print(
        ...prose.wrap(
          `${style.bold(name)}: rehearsal of ${specs} spec ${specs === 1 ? 'file' : 'files'}${part}`,
        ),
        '',
      )
    },
    stepStarted: (step) => progress.begin(step.id, step.title),
    stepProgress: ({ id, message }) => progress.report(id, message),
    stepFinished(step) {
      progress.end(step.id)
      tests.noteStep(step)
      live.print(...formatStep(step, prose, style))
    },
    testFinished: tests.record,
    finish(evidence, { files, notes = [] }) {
      progress.stop()
      live.print('', ...formatSummary(evidence, files, notes, prose, style))
    },
  }
}
