import { signalChild, startChild } from '../../harness/process/child.ts'
import type { Step } from './steps.ts'

export interface Run {
  readonly step: Step
  /** How it ended otherwise than well: `exit code 1`. */
  readonly ending: string | undefined
  /** What it wrote to both streams, in the order in which it came. */
  readonly output: string
  readonly durationMs: number
}

export interface Signals {
  readonly received: NodeJS.Signals | undefined
  /** Calls back on each signal; returns a function that takes it back. */
  readonly listen: (listener: (signal: NodeJS.Signals) => void) => () => void
}

/** Runs the npm script of a step to its end. After a signal nothing more is started. */
export async function runStep(step: Step, signals: Signals): Promise<Run> {
  if (signals.received !== undefined)
    return { step, ending: `not run, because of ${signals.received}`, output: '', durationMs: 0 }
  const startedAt = Date.now()
  const child = startChild('npm', ['run', '--silent', step.script], { stdio: ['ignore', 'pipe', 'pipe'] })
  const forget = signals.listen((signal) => signalChild(child, signal))
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ending = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(`cannot be started: ${error.message}`))
    child.once('close', (code, signal) =>
      resolve(code === 0 ? undefined : signal === null ? `exit code ${code}` : `ended by ${signal}`),
    )
  })
  forget()
  return { step, ending, output: Buffer.concat(chunks).toString(), durationMs: Date.now() - startedAt }
}

/**
 * Takes over the signals that end a program, so that a running step can clean up behind itself: it gets the
 * signal, and we end when it has ended.
 */
export function takeOverSignals(): Signals {
  const listeners = new Set<(signal: NodeJS.Signals) => void>()
  let received: NodeJS.Signals | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      received = signal
      for (const listener of listeners) listener(signal)
    })
  }
  return {
    get received() {
      return received
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
