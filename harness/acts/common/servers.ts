import { openHostBesideProduction } from '../../host/beside-production.ts'
import type { Host } from '../../host/host.ts'
import { openLocalHost, startEmptyServer, type EmptyServer } from '../../host/local.ts'
import type { RunSettings } from '../../config/run-settings.ts'
import type { Connection } from '../../postgres/connection.ts'
import { copySource, sourceDirectory, startSource, type SourceCluster } from '../../source/scripts.ts'

/** The servers of a run: each is started when it is first asked for, and once. */
export class Servers {
  #source: Promise<SourceCluster> | undefined
  #emptyServer: Promise<EmptyServer> | undefined
  #startingHost: Promise<Host> | undefined
  #host: Host | undefined

  /** The server of the clones, where it was opened and is not closed. */
  get host(): Host | undefined {
    return this.#host
  }

  /**
   * Starts the server of production and golden, and beside it the clone's, unless that was done; returns the first. The
   * clone's server follows when production's directory is there, because it hides that directory.
   */
  source(run: RunSettings): Promise<SourceCluster> {
    if (this.#source !== undefined) return this.#source
    const { cleanup, config } = run
    const prepared = copySource(run)
    if (config.clone.onProductionServer === undefined) {
      const starting = prepared.then(() => startEmptyServer(run, sourceDirectory(run)))
      // Whoever needs the server gets the fault.
      starting.catch(() => undefined)
      this.#emptyServer = cleanup.ownStarting('the server of the clone', starting)
    }
    const starting = prepared.then((source) => startSource(run, source))
    return (this.#source = cleanup.ownStarting('the server of production', starting))
  }

  /** Opens the server of the clones, which has production's roles. */
  async openHost(run: RunSettings, production: Connection): Promise<Host> {
    this.#startingHost ??= this.#open(run, production)
    return (this.#host = await this.#startingHost)
  }

  /** Closes it, with all that stands on it; returns what is left of that, one phrase each. */
  async closeHost(): Promise<string[]> {
    const host = this.#host
    this.#host = this.#startingHost = this.#emptyServer = undefined
    return (await host?.drop()) ?? []
  }

  /** Lets it outlive the run; returns what must stay for it in the run's directory. */
  keepHost(): string[] {
    const host = this.#host
    this.#host = undefined
    return host?.keep() ?? []
  }

  async #open(run: RunSettings, production: Connection): Promise<Host> {
    const source = await this.source(run)
    return this.#emptyServer === undefined
      ? openHostBesideProduction(run, source)
      : openLocalHost(run, await this.#emptyServer, production)
  }
}
