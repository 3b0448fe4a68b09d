import { isWord } from './guard-expression.ts'
import { positionAt } from './position.ts'
import { commandName } from './psql-command.ts'
import type { Token } from './tokenise.ts'

/** A place that depends on which database it runs in, or names one, and is no guard. */
export interface NameUse {
  readonly line: number
  readonly column: number
  readonly text: string
}

/**
 * Uses of the database's name beyond the guards (`taken`): `current_database()`, `current_catalog`, psql's `:DBNAME`,
 * `\connect`. A RAISE may name the database in what it says: that decides nothing.
 */
export function findNameUses(sql: string, code: readonly Token[], taken: ReadonlySet<Token>): NameUse[] {
  const uses: NameUse[] = []
  let isRaising = false
  for (const [index, token] of code.entries()) {
    if (isWord(token, 'raise') && startsStatement(code[index - 1])) isRaising = true
    else if (token.text === ';' || token.kind === 'dollar-string') isRaising = false
    if (!isRaising && !taken.has(token) && dependsOnName(code, index)) {
      uses.push({ ...positionAt(sql, token.offset), text: token.text.trimEnd() })
    }
  }
  return uses
}

/** True behind a token after which a statement of PL/pgSQL begins. */
function startsStatement(before: Token | undefined): boolean {
  if (before?.text === ';' || before?.text === '>>' || before?.kind === 'dollar-string') return true
  return ['begin', 'then', 'else', 'loop'].some((word) => isWord(before, word))
}

function dependsOnName(code: readonly Token[], index: number): boolean {
  const token = code[index]!
  switch (token.kind) {
    case 'identifier':
      if (isWord(token, 'current_catalog')) return code[index - 1]?.text !== '.'
      return isWord(token, 'current_database') && code[index + 1]?.text === '('
    case 'quoted-identifier':
      return isWord(token, 'current_database') && code[index + 1]?.text === '('
    case 'psql-variable':
      return /^:["']?DBNAME["']?$/.test(token.text)
    case 'psql-command':
      return isNamingCommand(token.text)
    default:
      return false
  }
}

function isNamingCommand(command: string): boolean {
  const name = commandName(command)
  if (name === 'c' || name === 'connect') return true
  return !/^(echo|qecho|warn)$/.test(name) && /:["']?DBNAME\b/.test(command)
}
