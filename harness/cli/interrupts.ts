const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Owns the signals that ask a run to stop: the first one aborts it, in order; a second one ends the process at once. */
export class Interrupts {
  readonly #controller = new AbortController()
  readonly #listener = (signal: NodeJS.Signals): void => {
    if (this.#controller.signal.aborted) process.exit(2)
    this.#controller.abort(new Error(`interrupted by ${signal}`))
  }

  constructor() {
    this.claim()
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Takes the signals for this run alone. Vitest's own listeners would end the process before anything is cleaned up. */
  claim(): void {
    for (const signal of signals) {
      process.removeAllListeners(signal)
      process.on(signal, this.#listener)
    }
  }

  release(): void {
    for (const signal of signals) process.off(signal, this.#listener)
  }
}
