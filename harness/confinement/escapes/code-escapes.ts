import { findReachingExtension } from '../../postgres/reaching-functions.ts'
import type { Token } from '../../release/token.ts'
import { isKeyword, nameOf, type Code } from './code.ts'
import { decodeLiteral } from './decode-literal.ts'
import type { EscapeName } from '../../config/escape-names.ts'

/** Languages whose functions the server does not restrain: by custom their names end in u. */
const untrusted = /^(c|internal|plr|plsh|.*u)$/

/** The escape that `LANGUAGE name` is, at the word LANGUAGE: a function's, or that of a DO block. */
export function findLanguageEscape({ tokens, statements }: Code, index: number): EscapeName | undefined {
  if (!isKeyword(tokens[index], 'language')) return undefined
  const { start } = statements[index]!
  const makes = tokens.slice(start, start + wordsBeforeRoutine)
  if (!isKeyword(makes[0], 'do') && !makes.some((token) => isKeyword(token, 'function', 'procedure')))
    return undefined
  if (!isKeyword(makes[0], 'do', 'create')) return undefined
  const name = writtenName(tokens[index + 1])?.toLowerCase()
  return name !== undefined && untrusted.test(name) ? 'untrusted-language' : undefined
}

/** `CREATE OR REPLACE FUNCTION`. */
const wordsBeforeRoutine = 4

/** The escape that `CREATE EXTENSION name` is, at its first word. */
export function findExtensionEscape({ tokens, statements }: Code, index: number): EscapeName | undefined {
  if (statements[index]!.start !== index || !isKeyword(tokens[index], 'create')) return undefined
  if (!isKeyword(tokens[index + 1], 'extension')) return undefined
  const isConditional = isKeyword(tokens[index + 2], 'if') && isKeyword(tokens[index + 4], 'exists')
  const name = writtenName(tokens[index + (isConditional ? 5 : 2)])
  return name === undefined ? undefined : findReachingExtension(name)?.reach
}

/** A name, or a literal in place of one. */
function writtenName(token: Token | undefined): string | undefined {
  if (token === undefined) return undefined
  return nameOf(token) ?? decodeLiteral(token)?.text
}
