import type { Token } from '../../release/token.ts'
import { isKeyword } from './code.ts'

/** What a COPY writes to or reads from, as written after TO or FROM. */
export interface CopyTarget {
  /**
   * In lower case: `stdin`, `stdout`, `pstdin`, `pstdout`, `program`; undefined for a literal, or where nothing
   * follows.
   */
  readonly word: string | undefined
}

/**
 * The target of the COPY whose first token behind the word COPY is at `start`; undefined where there is neither TO nor
 * FROM behind a table or query, and so no COPY.
 */
export function findCopyTarget(tokens: readonly Token[], start: number): CopyTarget | undefined {
  let depth = 0
  for (let index = start; index < tokens.length; index++) {
    const token = tokens[index]!
    if (token.text === ';') return undefined
    if (token.text === '(') depth++
    if (token.text === ')') depth--
    if (depth > 0 || index === start || !isKeyword(token, 'to', 'from')) continue
    const target = tokens[index + 1]
    return { word: target?.kind === 'identifier' ? target.text.toLowerCase() : undefined }
  }
  return undefined
}
