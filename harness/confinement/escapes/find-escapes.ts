import { scanGuards } from '../../release/guards.ts'
import { positionAt } from '../../release/position.ts'
import { tokenise } from '../../release/tokenise.ts'
import { readCode, type Code } from './code.ts'
import { findExtensionEscape, findLanguageEscape } from './code-escapes.ts'
import { namesDatabase } from './database-name.ts'
import { findFunctionEscape } from './function-escapes.ts'
import { findMetaCommandEscape } from './meta-command-escapes.ts'
import { findStatementEscape } from './statement-escapes.ts'
import type { EscapeName } from '../../config/escape-names.ts'
import { findOpenVariables, isOpenVariable, type OpenVariables } from './variables.ts'

/** A place in a script at which it reaches beyond its database. Line and column count from 1. */
export interface Escape {
  readonly way: EscapeName
  readonly line: number
  readonly column: number
  /** The text there, on one line and shortened. */
  readonly text: string
}

/**
 * The escapes of a script, in their order: of psql's meta-commands, of statements, of bodies of functions, and of texts
 * that begin as a statement does. `database` is production's, whose name guards alone may hold; `isOpen` is of all
 * scripts that psql reads together. What SQL puts together while it runs is not seen here: the server refuses it for
 * want of the right.
 */
export function findEscapes(
  sql: string,
  database: string,
  isOpen: OpenVariables = findOpenVariables([sql]),
): Escape[] {
  const guardLiterals = new Set(scanGuards(sql, database).guards.map(({ literalOffset }) => literalOffset))
  const found = new Map<string, { way: EscapeName; offset: number }>()
  const add = (way: EscapeName | undefined, offset: number): void => {
    if (way !== undefined) found.set(`${offset} ${way}`, { way, offset })
  }
  for (const token of tokenise(sql)) {
    const { kind, text, offset } = token
    if (kind === 'psql-command') add(findMetaCommandEscape(text), offset)
    if (isOpenVariable(token, isOpen)) add('variable', offset)
  }
  for (const code of readCode(sql)) {
    for (const [index, { offset }] of code.tokens.entries()) {
      const place = code.place(offset)
      add(findCodeWay(code, index), place)
      const isNamed = namesDatabase(code, index, database, guardLiterals)
      // `ALTER DATABASE name` is already reported by its statement.
      if (isNamed && findStatementEscape(code, code.statements[index]!.start) !== 'other-database') {
        add('other-database', place)
      }
    }
  }
  return [...found.values()]
    .sort((one, other) => one.offset - other.offset)
    .map(({ way, offset }) => ({ way, ...positionAt(sql, offset), text: excerpt(sql, offset) }))
}

function findCodeWay(code: Code, index: number): EscapeName | undefined {
  return (
    findStatementEscape(code, index) ??
    findExtensionEscape(code, index) ??
    findLanguageEscape(code, index) ??
    findFunctionEscape(code, index)
  )
}

const excerptLength = 70

function excerpt(sql: string, offset: number): string {
  const [line] = sql.slice(offset).split(/;|\n\s*\n/, 1)
  const text = line!.replaceAll(/\s+/g, ' ').trim()
  return text.length > excerptLength ? `${text.slice(0, excerptLength)}…` : text
}
