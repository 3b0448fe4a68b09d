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

/** Who may enter a server, and which of its databases. */
export interface FilteredServer {
  readonly role: string
  readonly database: string
  /** What people call the database. */
  readonly place: 'production' | 'golden'
  /** The run's own databases there; without it, there are none. */
  readonly beside?: CloneStatementFilter | undefined
}

/** Lets nothing through to a server but what is on the list of allowed statements, and records all of it. */
export class StatementFilter implements Guard {
  readonly #server: FilteredServer
  readonly #classified = new Map<string, Classified>()
  readonly #log = new StatementLog()
  /** Functions that run with the rights of others. */
  #definerFunctions: readonly string[] = []

  private constructor(server: FilteredServer) {
    this.#server = server
  }

  /** Loads the parser, which is then at hand at once: statements must not change their order for it. */
  static async make(server: FilteredServer): Promise<StatementFilter> {
    await loadModule()
    return new StatementFilter(server)
  }

  /** From now on no statement of the project may call these functions. */
  refuseFunctions(names: readonly string[]): void {
    this.#definerFunctions = names
  }

  /** What was sent to the database, started on it and refused. */
  read(): ReturnType<StatementLog['read']> {
    return this.#log.read()
  }

  enter(connection: Connection): SessionFilter {
    if (this.#server.beside?.admits(connection) === true) return this.#server.beside.enter(connection)
    this.#requireRole(connection)
    // Where a canary write is tried, one statement is let through and then a ROLLBACK, whatever came of it.
    let canary: 'none' | 'begun' | 'tried' = 'none'
    return {
      admit: (text) => {
        const sender = currentSender()
        if (canary !== 'none') {
          if (text === 'ROLLBACK') canary = 'none'
          else if (canary === 'begun' && sender.kind === 'canary' && isCanaryStatement(text)) canary = 'tried'
          else this.#refuse(text, sender, 'it was sent during a canary write')
        } else if (sender.kind === 'canary' && text === canaryBegin) canary = 'begun'
        else return this.admit(text, sender)
        this.#log.sent(text, 'canary', sender.by)
      },
    }
  }

  /** Records a single statement, or throws STATEMENT_REFUSED. */
  admit(text: string, sender: Sender): void {
    const known = this.#classified.get(text)
    const classified = known ?? classify(text)
    if (known === undefined) this.#classified.set(text, classified)
    const why = classified.fault ?? this.#judgeProject(classified, sender)
    if (why !== null) this.#refuse(text, sender, why)
    const kind = classified.kinds.find((candidate) => candidate === 'reading') ?? classified.kinds[0]!
    this.#log.sent(text, kind, sender.by)
  }

  start(connection: Connection, program: string, args: readonly string[]): void {
    if (this.#server.beside?.admits(connection) === true)
      return this.#server.beside.start(connection, program, args)
    this.#requireRole(connection)
    const [sender, command] = [currentSender(), [basename(program), ...args]]
    if (command[0] !== 'pg_dump') {
      this.#refuse(command.join(' '), sender, 'pg_dump is the only program that may connect')
    }
    this.#log.started(command, sender.by)
  }

  /** The project's own texts read, one at a time, and by no rights but the reader's. */
  #judgeProject({ kinds, own, functions }: Classified, { kind }: Sender): string | null {
    if (kind !== 'project') return null
    if (kinds.length !== 1 || kinds[0] !== 'reading') return 'it is not one SELECT'
    const definerFunction = functions.find((name) => this.#definerFunctions.includes(name))
    return definerFunction === undefined
      ? own
      : `it calls ${definerFunction}, which runs with the rights of another role`
  }

  #requireRole({ user, database }: Connection): void {
    const { role, place, ...server } = this.#server
    if (user === role && database === server.database) return
    throw new RehearsalError(
      'STATEMENT_REFUSED',
      `a session of "${user}" in database "${database}" was not opened on ${place}'s server`,
      {
        hint: `between entry and exit only "${role}" may connect to it, and only to ${server.database}`,
      },
    )
  }

  #refuse(text: string, { by }: Sender, why: string): never {
    this.#log.refused(text, by, why)
    const where = `${this.#server.place} "${this.#server.database}"`
    throw new RehearsalError('STATEMENT_REFUSED', `a statement of ${by} was not sent to ${where}: ${why}`, {
      hint: `docs/production-access.md lists what may be sent. The statement: ${text.trim().slice(0, 500)}`,
      details: { statement: text, by, why },
    })
  }
}
