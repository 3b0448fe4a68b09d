import { basename, isAbsolute } from 'node:path'

/** A statement that was sent, its text on one line, as often as it was. */
export interface SentStatement {
  readonly statement: string
  readonly kind: 'reading' | 'transaction' | 'setting' | 'canary' | 'administration'
  readonly count: number
  /** On whose behalf, sorted. */
  readonly by: readonly string[]
}

/** A program that opened its own connection, with its arguments; its statements are not recorded. */
export interface StartedProgram {
  readonly program: string
  readonly arguments: readonly string[]
  readonly count: number
  readonly by: readonly string[]
}

/** A statement that was not sent. */
export interface RefusedStatement {
  readonly statement: string
  readonly by: string
  readonly why: string
}

/** All that one database was asked, each distinct statement once. */
export class StatementLog {
  readonly #statements = new Map<string, { kind: SentStatement['kind']; count: number; by: Set<string> }>()
  readonly #programs = new Map<string, { command: readonly string[]; count: number; by: Set<string> }>()
  readonly #refused: RefusedStatement[] = []

  sent(text: string, kind: SentStatement['kind'], by: string): void {
    const statement = onOneLine(text)
    const entry = this.#statements.get(statement) ?? { kind, count: 0, by: new Set() }
    entry.count += 1
    entry.by.add(by)
    this.#statements.set(statement, entry)
  }

  started(command: readonly string[], by: string): void {
    // Where a file lies says nothing about the statement, and differs from run to run.
    const shown = command.map((part) => (isAbsolute(part) ? basename(part) : part))
    const entry = this.#programs.get(shown.join(' ')) ?? { command: shown, count: 0, by: new Set() }
    entry.count += 1
    entry.by.add(by)
    this.#programs.set(shown.join(' '), entry)
  }

  refused(text: string, by: string, why: string): void {
    this.#refused.push({ statement: onOneLine(text), by, why })
  }

  /** As they were first sent. */
  read(): { statements: SentStatement[]; programs: StartedProgram[]; refused: RefusedStatement[] } {
    return {
      statements: [...this.#statements].map(([statement, { kind, count, by }]) => ({
        statement,
        kind,
        count,
        by: [...by].sort(),
      })),
      programs: [...this.#programs.values()].map(({ command, count, by }) => ({
        program: command[0] ?? '',
        arguments: command.slice(1),
        count,
        by: [...by].sort(),
      })),
      refused: [...this.#refused],
    }
  }
}

const quoted = /'(?:[^']|'')*'|"(?:[^"]|"")*"|(\s+)/g

/** Blanks outside of quotes become one; a snapshot's id, which is another each time, becomes an ellipsis. */
function onOneLine(text: string): string {
  const line = /--|\$\w*\$/.test(text)
    ? text
    : text.replace(quoted, (part, blanks: string | undefined) => (blanks === undefined ? part : ' '))
  return line.trim().replace(/^(SET TRANSACTION SNAPSHOT) '.*'$/, "$1 '…'")
}
