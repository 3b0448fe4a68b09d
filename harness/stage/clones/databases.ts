import { RehearsalError } from '../../errors.ts'
import { openSession, quoteIdentifier, quoteLiteral, type Session } from '../../postgres/session.ts'
import type { Connection } from '../../postgres/connection.ts'
import { copyDatabase } from './copy-database.ts'
import { isMark, markDatabase, readComment } from './mark.ts'

const maintenance = 'postgres'

/** The databases that a run has made on a server, of which each bears its mark, or the whole server does. */
export class MadeDatabases {
  readonly #superuser: Connection
  readonly #runDirectory: string
  readonly #marksEach: boolean
  readonly #names = new Set<string>()

  /** `marksEach`: the server is not of the run's own, so that each database is marked by itself. */
  constructor(superuser: Connection, runDirectory: string, { marksEach }: { marksEach: boolean }) {
    this.#superuser = { ...superuser, database: maintenance }
    this.#runDirectory = runDirectory
    this.#marksEach = marksEach
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

  /** Ends the sessions in one that somebody has left there, which would keep its name, and renames it. */
  async rename(from: string, to: string): Promise<void> {
    await this.#onServer(async (session) => {
      await session.rows(terminateSessions(from))
      await session.rows(`ALTER DATABASE ${quoteIdentifier(from)} RENAME TO ${quoteIdentifier(to)}`)
    })
    this.#names.delete(from)
    this.#names.add(to)
  }

  /** Drops one, where it is there, with whoever is in it. Throws CLONE_FAILED for one that no rehearsal made. */
  async drop(name: string): Promise<void> {
    await this.#onServer(async (session) => {
      const comment = await readComment(session, name)
      if (comment === undefined) return
      const mark = this.#marksEach ? comment : ((await readComment(session, maintenance)) ?? null)
      if (!isMark(mark)) {
        throw new RehearsalError(
          'CLONE_FAILED',
          `"${name}" is not dropped: no rehearsal made it (comment: ${String(mark)})`,
          { hint: 'a database is only ever dropped that a run has made, or whose server it has made' },
        )
      }
      await session.rows(`DROP DATABASE ${quoteIdentifier(name)} WITH (FORCE)`)
    })
    this.#names.delete(name)
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
          `the name "${name}" is taken by a database that this run has not made (comment: ${String(comment)})`,
          { hint: 'give the clone another name (clone.database), or drop that database yourself' },
        )
      }
      await work(session)
      this.#names.add(name)
      if (this.#marksEach) await markDatabase(session, name, this.#runDirectory)
    })
  }

  async #onServer<T>(work: (session: Session) => Promise<T>): Promise<T> {
    await using session = await openSession(this.#superuser)
    return await work(session)
  }
}

function terminateSessions(database: string): string {
  return `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ${quoteLiteral(database)}`
}
