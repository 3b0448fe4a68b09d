import { describeError } from '../errors.ts'
import { stackOf } from './stack-of.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const accidents = ['uncaughtException', 'unhandledRejection'] as const

/**
 * Owns the signals that ask a run to stop: the first one aborts it, in order; a second one ends the process at once.
 * An error that nothing caught aborts it as well: only so is everything cleaned up and a verdict given.
 */
export class Interrupts {
  readonly #controller = new AbortController()
  readonly #own = new Map<string, (reason: unknown) => void>([
    ...signals.map((signal) => [signal, () => this.#interrupt(signal)] as const),
    ...accidents.map((accident) => [accident, (error: unknown) => this.#stumble(error)] as const),
  ])

  constructor() {
    for (const [event, listener] of this.#own) this.#claim(event, listener)
    process.on('newListener', this.#onNewListener)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  release(): void {
    process.off('newListener', this.#onNewListener)
    for (const [event, listener] of this.#own) process.off(event, listener)
  }

  /** Vitest's listeners would end the process before anything is cleaned up: whatever is added goes again at once. */
  readonly #onNewListener = (event: string | symbol, listener: unknown): void => {
    const own = this.#own.get(String(event))
    if (own !== undefined && listener !== own) queueMicrotask(() => this.#claim(String(event), own))
  }

  #claim(event: string, listener: (reason: unknown) => void): void {
    process.removeAllListeners(event)
    process.on(event, listener)
  }

  #interrupt(signal: NodeJS.Signals): void {
    if (this.signal.aborted) process.exit(2)
    this.#controller.abort(new Error(`interrupted by ${signal}`))
  }

  #stumble(error: unknown): void {
    process.stderr.write(stackOf(error))
    this.#controller.abort(new Error(`stopped by an error that nothing caught: ${describeError(error)}`))
  }
}
