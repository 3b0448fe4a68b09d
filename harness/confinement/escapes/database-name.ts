import type { Token } from '../../release/token.ts'
import { isKeyword, isSaid, nameOf, type Code } from './code.ts'
import { decodeLiteral } from './decode-literal.ts'

/**
 * True of a token that names the database, and is not the literal of a guard: a literal that is exactly its name, or
 * an identifier where a database is meant. Its name elsewhere is that of a role, schema or column.
 */
export function namesDatabase(
  code: Code,
  index: number,
  database: string,
  guardLiterals: ReadonlySet<number>,
): boolean {
  const { tokens } = code
  const token = tokens[index]!
  if (nameOf(token) === database) return isNamedDatabase(tokens, index)
  if (!token.kind.endsWith('string') || token.kind === 'dollar-string') return false
  return (
    !guardLiterals.has(code.place(token.offset)) &&
    !isSaid(code, index) &&
    decodeLiteral(token)?.text === database
  )
}

/** Behind DATABASE, with other names before it or not, or behind `REINDEX SYSTEM`. */
function isNamedDatabase(tokens: readonly Token[], index: number): boolean {
  let before = index - 1
  while (tokens[before]?.text === ',') before -= 2
  if (isKeyword(tokens[before], 'exists')) before -= 2
  if (isKeyword(tokens[before], 'concurrently')) before--
  return isKeyword(tokens[before], 'database', 'system')
}
