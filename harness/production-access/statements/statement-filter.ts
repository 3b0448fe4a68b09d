import { basename } from 'node:path'
import { loadModule } from 'libpg-query'
import { RehearsalError } from '../../errors.ts'
import type { Connection } from '../../postgres/connection.ts'
import type { Guard, SessionFilter } from '../../postgres/filter.ts'
import { currentSender, type Sender } from '../../postgres/sender.ts'
import { canaryBegin } from '../canary.ts'
import type { CloneStatementFilter } from './clone-statements-filter.ts'
import { isCanaryStatement } from '../canary-statements.ts'
import { classify, type Classified } from './classify.ts'
import { StatementLog } from './statement-log.ts'

/** Who may enter a server, and which of its databases, by what people call them. */
export interface FilteredServer {
  readonly role: string
  /** Name of the database → `production`. */
  readonly databases: Readonly<Record<string, string>>
  /** What stands there of our own; without it, nothing does. */
  readonly beside?: CloneStatementFilter | undefined
}

/** Lets nothing through to a server but what is on the list of allowed statements, and records all of it. */
export class StatementFilter implements Guard {
  readonly #server: FilteredServer
  readonly #classified = new Map<string, Classified>()
  readonly #logs: ReadonlyMap<string, StatementLog>
  /** By database: functions that run with the rights of others. */
  readonly #definerFunctions = new Map<string, ReadonlySet<string>>()

  private constructor(server: FilteredServer) {
    this.#server = server
    this.#logs = new Map(Object.keys(server.databases).map((name) => [name, new StatementLog()]))
  }

  /** Loads the parser, which is then at hand at once: statements must not change their order for it. */
  static async make(server: FilteredServer): Promise<StatementFilter> {
    await loadModule()
    return new StatementFilter(server)
  }

  /** From now on no statement of the project may call these functions in the database. */
  refuseFunctions(database: string, names: readonly string[]): void {
    this.#definerFunctions.set(database, new Set(names))
  }

  /** What was sent to the database, started on it and refused. */
  read(database: string): ReturnType<StatementLog['read']> {
    return this.#log(database).read()
  }

  enter(connection: Connection): SessionFilter {
    if (this.#server.beside?.admits(connection) === true) return this.#server.beside.enter(connection)
    this.#requireRole(connection)
    const { database } = connection
    // Where a canary write is tried, one statement is let through and then a ROLLBACK, whatever came of it.
    let canary: 'none' | 'begun' | 'tried' = 'none'
    return {
      admit: (text) => {
        const sender = currentSender()
        if (canary !== 'none') {
          if (text === 'ROLLBACK') canary = 'none'
          else if (canary === 'begun' && sender.kind === 'canary' && isCanaryStatement(text)) canary = 'tried'
          else this.#refuse(database, text, sender, 'it comes where a canary write is tried')
        } else if (sender.kind === 'canary' && text === canaryBegin) canary = 'begun'
        else return this.admit(database, text, sender)
        this.#log(database).sent(text, 'canary', sender.by)
      },
    }
  }

  /** Records a statement that stands for itself, or throws STATEMENT_REFUSED. */
  admit(database: string, text: string, sender: Sender): void {
    const known = this.#classified.get(text)
    const classified = known ?? classify(text)
    if (known === undefined) this.#classified.set(text, classified)
    const why = classified.fault ?? this.#judgeProject(database, classified, sender)
    if (why !== null) this.#refuse(database, text, sender, why)
    const kind = classified.kinds.find((candidate) => candidate === 'reading') ?? classified.kinds[0]!
    this.#log(database).sent(text, kind, sender.by)
  }

  start(connection: Connection, program: string, args: readonly string[]): void {
    if (this.#server.beside?.admits(connection) === true)
      return this.#server.beside.start(connection, program, args)
    this.#requireRole(connection)
    const [sender, command] = [currentSender(), [basename(program), ...args]]
    if (command[0] !== 'pg_dump') {
      this.#refuse(connection.database, command.join(' '), sender, 'of all programs only pg_dump may connect')
    }
    this.#log(connection.database).started(command, sender.by)
  }

  /** The project's own texts read, one at a time, and by no rights but the reader's. */
  #judgeProject(database: string, { kinds, own, functions }: Classified, { kind }: Sender): string | null {
    if (kind !== 'project') return null
    if (kinds.length !== 1 || kinds[0] !== 'reading') return 'it is not one SELECT'
    const definerFunctions = functions.find(
      (name) => this.#definerFunctions.get(database)?.has(name) === true,
    )
    return definerFunctions === undefined
      ? own
      : `it calls ${definerFunctions}, which runs with the rights of another role`
  }

  #requireRole({ user, database }: Connection): void {
    const { role, databases } = this.#server
    if (user === role && database in databases) return
    throw new RehearsalError(
      'STATEMENT_REFUSED',
      `a session of "${user}" in database "${database}" was not opened on production's server`,
      {
        hint: `between entry and exit only "${role}" enters it, and only ${Object.keys(databases).join(', ')}`,
      },
    )
  }

  #refuse(database: string, text: string, { by }: Sender, why: string): never {
    this.#log(database).refused(text, by, why)
    const where = `${this.#server.databases[database]} "${database}"`
    throw new RehearsalError('STATEMENT_REFUSED', `a statement of ${by} was not sent to ${where}: ${why}`, {
      hint: `what may be sent: docs/production-access.md. The statement: ${text.trim().slice(0, 500)}`,
      details: { statement: text, by, why },
    })
  }

  #log(database: string): StatementLog {
    return this.#logs.get(database)!
  }
}
