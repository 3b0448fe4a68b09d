import type { RunSettings } from '../../config/run-settings.ts'
import { openHostBesideProduction } from '../../host/beside-production.ts'
import type { Host } from '../../host/host.ts'
import { openLocalHost, startEmptyServer, type EmptyServer } from '../../host/local.ts'
import type { Connection } from '../../postgres/connection.ts'
import { startSource, type SourceServers } from '../../source/scripts.ts'

/** The servers of a run: each is started when it is first asked for, and once. */
export class Servers {
  #source: Promise<SourceServers> | undefined
  #emptyServer: Promise<EmptyServer> | undefined
  #host: Host | undefined

  /** The server of the clones, where it was opened and is not closed. */
  get host(): Host | undefined {
    return this.#host
  }

  /** Starts the servers of production and of golden, and beside them the clone's, unless that was done; returns the former. */
  source(run: RunSettings): Promise<SourceServers> {
    if (this.#source !== undefined) return this.#source
    const { cleanup, config } = run
    if (config.clone.onProductionServer === undefined) {
      const starting = startEmptyServer(run, 'clone')
      // Whoever needs the server gets the fault.
      starting.catch(() => undefined)
      this.#emptyServer = cleanup.ownStarting('the server of the clone', starting)
    }
    return (this.#source = cleanup.ownStarting('the servers of production and golden', startSource(run)))
  }

  /** Opens the server of the clones, which has production's roles. */
  async openHost(run: RunSettings, production: Connection): Promise<Host> {
    const source = await this.source(run)
    return (this.#host = await (this.#emptyServer === undefined
      ? openHostBesideProduction(run, source)
      : openLocalHost(run, await this.#emptyServer, production)))
  }

  /** Closes it, with all that stands on it; returns what is left of that, one phrase each. */
  async closeHost(): Promise<string[]> {
    const host = this.#host
    this.#host = this.#emptyServer = undefined
    return (await host?.drop()) ?? []
  }

  /** Lets it outlive the run; returns what must stay for it in the run's directory. */
  keepHost(): string[] {
    const host = this.#host
    this.#host = undefined
    return host?.keep() ?? []
  }
}
