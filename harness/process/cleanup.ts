import { describeError } from '../errors.ts'

type Release = () => unknown

/** Owns what was started: releases it in reverse order, all of it, even where one release fails. */
export class Cleanup implements AsyncDisposable {
  readonly #releases: { what: string; release: Release }[] = []

  /** Registers the release of something; `what` names it in an error. Returns a function that takes it back. */
  defer(what: string, release: Release): () => void {
    const entry = { what, release }
    this.#releases.push(entry)
    return () => {
      const index = this.#releases.indexOf(entry)
      if (index >= 0) this.#releases.splice(index, 1)
    }
  }

  /** Takes over a resource and returns it. */
  own<T extends AsyncDisposable>(what: string, resource: T): T {
    this.defer(what, () => resource[Symbol.asyncDispose]())
    return resource
  }

  /** Takes over a resource that is being made: waits for it, then releases it. Whoever awaits the resource gets the error. */
  ownStarting<T extends AsyncDisposable>(what: string, starting: Promise<T>): Promise<T> {
    const started = starting.catch(() => undefined)
    this.defer(what, async () => (await started)?.[Symbol.asyncDispose]())
    return starting
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const errors: unknown[] = []
    for (let entry = this.#releases.pop(); entry; entry = this.#releases.pop()) {
      try {
        await entry.release()
      } catch (error) {
        errors.push(new Error(`could not remove ${entry.what}`, { cause: error }))
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, errors.map(describeError).join('\n'))
  }
}
