import { positionAt } from './position.ts'
import { tokenise } from './tokenise.ts'

/**
 * Line of the semicolon that ends the statement at this offset, and so the line by which psql names an error of it;
 * null where no semicolon follows.
 */
export function statementEndLine(sql: string, offset: number): number | null {
  const end = tokenise(sql).find((token) => token.text === ';' && token.offset >= offset)
  return end === undefined ? null : positionAt(sql, end.offset).line
}
