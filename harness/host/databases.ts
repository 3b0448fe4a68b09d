import { describeError, RehearsalError } from '../errors.ts'
import {
  openSession,
  quoteIdentifier,
  quoteLiteral,
  sqlstate,
  sqlstateOf,
  type Session,
} from '../postgres/session.ts'
import type { Connection } from '../postgres/connection.ts'
import { copyDatabase } from './copy-database.ts'
import { isMark, markDatabase, readComment } from './mark.ts'

/** The database by which others are made and dropped. */
export const maintenance = 'postgres'

/** The databases that a run created on a server; either each of them has its mark, or the whole server has. */
export class MadeDatabases implements AsyncDisposable {
  readonly #superuser: Connection
  readonly #runDirectory: string
  /** Whether the server is not of the run's own, so that each database is marked by itself. */
  readonly marksEach: boolean
  readonly #names = new Set<string>()
  readonly #due = new Set<string>()
  /** On a server of the run's own; elsewhere none of our sessions stays open. */
  #session: Session | undefined
  #queue: Promise<unknown> = Promise.resolve()

  /** `marksEach`: the server is not the run's own, so each database is marked. */
  constructor(superuser: Connection, runDirectory: string, { marksEach }: { marksEach: boolean }) {
    this.#superuser = { ...superuser, database: maintenance }
    this.#runDirectory = runDirectory
    this.marksEach = marksEach
  }

  get names(): ReadonlySet<string> {
    return this.#names
  }

  /** Marks the server as a whole. */
  async markServer(): Promise<void> {
    await this.#onServer((session) => markDatabase(session, maintenance, this.#runDirectory))
  }

  /** Makes an empty one. Throws CLONE_FAILED where the name is taken. */
  async create(name: string, owner: string): Promise<void> {
    await this.#make(name, async (session) => {
      await session.rows(
        `CREATE DATABASE ${quoteIdentifier(name)} OWNER ${quoteIdentifier(owner)} TEMPLATE template0`,
      )
    })
  }

  /** Copies one, in which nobody may have a session, file by file. Throws CLONE_FAILED where the name is taken. */
  async copy(from: string, to: string, owner?: string): Promise<void> {
    await this.#make(to, (session) => copyDatabase(session, from, to, owner))
  }

  /** Renames a database, after ending sessions in it, which would prevent that. */
  async rename(from: string, to: string): Promise<void> {
    await this.#naming(to, () =>
      this.#onServer(async (session) => {
        await session.rows(terminateSessions(from))
        await session.rows(`ALTER DATABASE ${quoteIdentifier(from)} RENAME TO ${quoteIdentifier(to)}`)
      }),
    )
    this.#names.delete(from)
  }

  /** Drops a database if it exists, and ends its sessions. Throws CLONE_FAILED if no rehearsal created it. */
  async drop(name: string): Promise<void> {
    await this.#onServer(async (session) => {
      const comment = await readComment(session, name)
      if (comment === undefined) return
      const mark = this.marksEach ? comment : ((await readComment(session, maintenance)) ?? null)
      if (!isMark(mark)) {
        throw new RehearsalError(
          'CLONE_FAILED',
          `"${name}" is not dropped: no rehearsal created it (comment: ${String(mark)})`,
          { hint: 'a run drops only databases that a run created, or whose server it created' },
        )
      }
      const drop = `DROP DATABASE ${quoteIdentifier(name)} WITH (FORCE)`
      try {
        await session.rows(drop)
      } catch (error) {
        if (sqlstateOf(error) !== sqlstate.objectInUse) throw error
        await this.#endWhatHolds(name)
        await session.rows(drop)
      }
    })
    this.#names.delete(name)
  }

  /**
   * Drops one at the next {@link dropDue}: who reads the server meanwhile would find what belongs to the database, and
   * no name for it any more (pg_identify_object sees what is committed, whatever the transaction's snapshot).
   */
  dropLater(name: string): void {
    this.#due.add(name)
  }

  /** Drops what is due, when nobody reads the server. */
  async dropDue(): Promise<void> {
    for (const name of this.#due) {
      await this.drop(name)
      this.#due.delete(name)
    }
  }

  /** Removes what prevents a database from being dropped even by force, and exists nowhere else. */
  async #endWhatHolds(name: string): Promise<void> {
    await using session = await openSession({ ...this.#superuser, database: name })
    const prepared = await session.rows(
      'SELECT gid FROM pg_prepared_xacts WHERE database = current_database()',
    )
    for (const { gid } of prepared) await session.rows(`ROLLBACK PREPARED ${quoteLiteral(String(gid))}`)
    await session.rows(
      `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
       WHERE database = current_database() AND NOT active`,
    )
  }

  /** Drops all that are there, and says which could not be, with the reason, one phrase each. */
  async dropAll(): Promise<string[]> {
    const left: string[] = []
    for (const name of [...this.#names].reverse()) {
      try {
        await this.drop(name)
      } catch (error) {
        const detail = error instanceof RehearsalError ? error.details['detail'] : undefined
        const more = typeof detail === 'string' ? `; ${detail}` : ''
        left.push(`database "${name}": ${describeError(error)}${more}`)
      }
    }
    return left
  }

  /** Runs statements as superuser on the maintenance database. */
  async run(statements: readonly string[]): Promise<void> {
    await this.#onServer(async (session) => {
      for (const statement of statements) await session.rows(statement)
    })
  }

  async #make(name: string, work: (session: Session) => Promise<void>): Promise<void> {
    await this.#onServer(async (session) => {
      const comment = await readComment(session, name)
      if (comment !== undefined) {
        throw new RehearsalError(
          'CLONE_FAILED',
          `the name "${name}" is taken by a database that this run did not create (comment: ${String(comment)})`,
          { hint: 'give the clone another name (clone.database), or drop that database yourself' },
        )
      }
      await this.#naming(name, () => work(session))
      if (this.marksEach) await markDatabase(session, name, this.#runDirectory)
    })
  }

  /**
   * The name is known before the database is there, so that nobody who reads the server meanwhile takes it for the
   * release's.
   */
  async #naming(name: string, work: () => Promise<void>): Promise<void> {
    this.#names.add(name)
    try {
      await work()
    } catch (error) {
      this.#names.delete(name)
      throw error
    }
  }

  async #onServer<T>(work: (session: Session) => Promise<T>): Promise<T> {
    if (this.marksEach) {
      await using session = await openSession(this.#superuser)
      return await work(session)
    }
    const done = this.#queue.then(() => this.#inSession(work))
    this.#queue = done.catch(() => undefined)
    return done
  }

  /** A session in which something failed may be broken: the next one is a new one. */
  async #inSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    this.#session ??= await openSession(this.#superuser)
    try {
      return await work(this.#session)
    } catch (error) {
      await this[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Closes the session that makes and drops them, where one is open. */
  async [Symbol.asyncDispose](): Promise<void> {
    const session = this.#session
    this.#session = undefined
    await session?.[Symbol.asyncDispose]()
  }
}

/** Ends the sessions in a database, waiting for their end. */
export function terminateSessions(database: string): string {
  return `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ${quoteLiteral(database)}`
}
