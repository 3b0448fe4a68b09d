import type { RehearsalConfig } from '../config/rehearsal.ts'
import type { Connection } from '../postgres/connection.ts'
import type { RunSettings } from './run-settings.ts'

/** A role's way into a server, but for the database. */
export type Entrance = Omit<Connection, 'database'>

/** The running servers of production and of golden, as a role reaches them that may only read. */
export interface Source extends AsyncDisposable {
  /** Into production's server. */
  readonly reader: Entrance
  /** Into golden's; undefined where there is no golden clone. */
  readonly goldenReader: Entrance | undefined
  /** Those that make the clone and ship the release, where the clone stands on production's server. */
  readonly administration: { readonly superuser: Entrance; readonly owner: Entrance } | undefined
  /** Why there is no golden clone, such as a release that fails on it; production stands all the same. */
  readonly goldenFault: Error | undefined
  /** Lets production's server outlive this process; returns what must stay for it in the run's directory. */
  readonly keep: () => string[]
}

/** A way to get production and golden. */
export interface SourceKind {
  readonly id: string
  matches(config: RehearsalConfig): boolean
  /** Size in bytes of what is copied for a run; undefined where it must be made first. */
  preparedBytes(settings: Pick<RunSettings, 'root' | 'config' | 'installation'>): Promise<number | undefined>
  start(settings: RunSettings): Promise<Source>
}
