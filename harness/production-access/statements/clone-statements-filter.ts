import { basename } from 'node:path'
import { RehearsalError } from '../../errors.ts'
import type { Connection } from '../../postgres/connection.ts'
import type { SessionFilter } from '../../postgres/filter.ts'
import { currentSender } from '../../postgres/sender.ts'
import { classify } from './classify.ts'
import { findServerWide } from './server-wide.ts'
import { StatementLog } from './statement-log.ts'

/** The databases of a run on a guarded server, next to what must not change. */
export interface Beside {
  /** Who makes and drops them, by way of the maintenance database. */
  readonly superuser: string
  readonly maintenance: string
  readonly isOurs: (database: string) => boolean
  /** Statements that only read, and yet do something: to our databases alone. */
  readonly isHarmless: (text: string) => boolean
}

/**
 * Lets sessions into our own databases, where they may do what they like, and the superuser into the maintenance
 * database. What they do to the server as a whole must be to our databases, and is recorded.
 */
export class CloneStatementFilter {
  readonly #beside: Beside
  readonly #log = new StatementLog()
  /** Texts that came before and touch nothing beyond their database. */
  readonly #within = new Set<string>()

  constructor(beside: Beside) {
    this.#beside = beside
  }

  admits({ database, user }: Connection): boolean {
    const { superuser, maintenance, isOurs } = this.#beside
    return isOurs(database) || (database === maintenance && user === superuser)
  }

  enter({ database }: Connection): SessionFilter {
    return { admit: (text) => this.#admit(database, text) }
  }

  start(_connection: Connection, program: string, args: readonly string[]): void {
    this.#log.started([basename(program), ...args], currentSender().by)
  }

  read(): ReturnType<StatementLog['read']> {
    return this.#log.read()
  }

  #admit(database: string, text: string): void {
    const { isOurs, isHarmless, maintenance } = this.#beside
    const { by } = currentSender()
    if (this.#within.has(text)) return
    if (isHarmless(text)) return this.#log.sent(text, 'administration', by)
    const { databases, whole } = findServerWide(text)
    const foreign = databases.find((name) => !isOurs(name))
    if (whole[0] !== undefined) this.#refuse(text, by, `it ${whole[0]}, which affects the whole server`)
    if (foreign !== undefined) this.#refuse(text, by, `it names "${foreign}", which no rehearsal created`)
    if (databases.length > 0) this.#log.sent(text, 'administration', by)
    else if (database === maintenance) this.#readOnly(text, by)
    else this.#within.add(text)
  }

  #readOnly(text: string, by: string): void {
    const { fault, kinds } = classify(text)
    if (fault !== null) this.#refuse(text, by, fault)
    this.#log.sent(text, kinds[0]!, by)
  }

  #refuse(text: string, by: string, why: string): never {
    this.#log.refused(text, by, why)
    throw new RehearsalError(
      'STATEMENT_REFUSED',
      `a statement of ${by} was not sent to production's server: ${why}`,
      {
        hint: `on production's own server a rehearsal only creates and drops its own databases. The statement: ${text.trim().slice(0, 500)}`,
        details: { statement: text, by, why },
      },
    )
  }
}
