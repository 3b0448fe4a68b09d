import type { Host } from '../../host/host.ts'
import type { Connection } from '../../postgres/connection.ts'
import type { RunSettings } from '../../source/run-settings.ts'
import type { Source } from '../../source/source.ts'
import type { Chosen } from './seams.ts'

/** The servers of a run: each is started when it is first asked for, and once. */
export class Servers {
  readonly #chosen: Pick<Chosen, 'source' | 'host'>
  #source: Promise<Source> | undefined
  #host: Host | undefined

  constructor(chosen: Pick<Chosen, 'source' | 'host'>) {
    this.#chosen = chosen
  }

  /** The server of the clones, where it was opened and is not closed. */
  get host(): Host | undefined {
    return this.#host
  }

  /** Starts the servers of production and of golden, and beside them the clone's, unless that was done; returns the former. */
  source(run: RunSettings): Promise<Source> {
    if (this.#source !== undefined) return this.#source
    const { source, host } = this.#chosen
    host.begin?.(run)
    return (this.#source = run.cleanup.ownStarting('the servers of production and golden', source.start(run)))
  }

  /** Opens the server of the clones, which has production's roles. */
  async openHost(run: RunSettings, production: Connection): Promise<Host> {
    return (this.#host = await this.#chosen.host.open(run, await this.source(run), production))
  }

  /** Closes it, with everything on it; returns what is left behind, one phrase each. */
  async closeHost(): Promise<string[]> {
    const host = this.#host
    this.#host = undefined
    return (await host?.drop()) ?? []
  }

  /** Lets it outlive the run; returns what must stay for it in the run's directory. */
  keepHost(): string[] {
    const host = this.#host
    this.#host = undefined
    return host?.keep() ?? []
  }
}
