import { isWord } from './guard-expression.ts'
import { positionAt } from './position.ts'
import { commandName } from './meta-command.ts'
import type { Token } from './token.ts'

/** A place that depends on which database it runs in, or names one, and is no guard. */
export interface NameUse {
  readonly line: number
  readonly column: number
  readonly text: string
}

/**
 * Uses of the database's name beyond the guards (`taken`): `current_database()`, `current_catalog`, psql's `:DBNAME`,
 * `\connect`, and what the information schema tells of it. A RAISE may name the database in what it says, as a value of
 * its own or of a function that only writes: that decides nothing.
 */
export function findNameUses(sql: string, code: readonly Token[], taken: ReadonlySet<Token>): NameUse[] {
  const uses: NameUse[] = []
  let isRaising = false
  /** The functions in whose arguments we are, since the RAISE began. */
  let calls: string[] = []
  for (const [index, token] of code.entries()) {
    if (isWord(token, 'raise') && startsStatement(code[index - 1])) [isRaising, calls] = [true, []]
    else if (token.text === ';' || token.kind === 'dollar-string') isRaising = false
    if (token.text === '(') calls.push(callee(code[index - 1]))
    else if (token.text === ')') calls.pop()
    const isSaid = isRaising && calls.every((name) => writers.has(name)) && isWholeValue(code, index)
    if (!isSaid && !taken.has(token) && dependsOnName(code, index)) {
      uses.push({ ...positionAt(sql, token.offset), text: token.text.trimEnd() })
    }
  }
  return uses
}

/** Functions that make a text of their arguments, and nothing else; parentheses alone are none. */
const writers = new Set(['', 'format', 'concat', 'concat_ws', 'quote_ident', 'quote_literal'])

function callee(before: Token | undefined): string {
  const isName = before?.kind === 'identifier' || before?.kind === 'quoted-identifier'
  return isName ? before.text.toLowerCase() : ''
}

/** Whether the name is an argument, or a part of a text, and no side of a comparison. */
function isWholeValue(code: readonly Token[], index: number): boolean {
  const isCalled = code[index + 1]?.text === '('
  const [before, after] = [code[index - 1], code[isCalled ? index + 3 : index + 1]]
  const begins = [',', '||', '(', '='].includes(before?.text ?? '')
  return begins && ([',', '||', ')', ';', undefined].includes(after?.text) || isWord(after, 'using'))
}

/** True behind a token after which a statement of PL/pgSQL begins. */
function startsStatement(before: Token | undefined): boolean {
  if (before?.text === ';' || before?.text === '>>' || before?.kind === 'dollar-string') return true
  return ['begin', 'then', 'else', 'loop'].some((word) => isWord(before, word))
}

/** What the information schema calls the name of the database. */
const tellsName =
  /^(information_schema_catalog_name|catalog_name|table_catalog|constraint_catalog|routine_catalog)$/i

function dependsOnName(code: readonly Token[], index: number): boolean {
  const token = code[index]!
  switch (token.kind) {
    case 'identifier':
      if (isWord(token, 'current_catalog')) return code[index - 1]?.text !== '.'
      if (tellsName.test(token.text)) return true
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
