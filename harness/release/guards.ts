import { tokeniseDeeply } from './deep-tokens.ts'
import { matchGuard } from './guard-expression.ts'
import { findNameUses, type NameUse } from './name-uses.ts'
import { positionAt } from './position.ts'
import type { Token } from './token.ts'
import { isGap } from './tokenise.ts'

/** The place of a database guard. Offsets count UTF-16 code units of the text; line and column count from 1. */
export interface GuardSite {
  readonly offset: number
  readonly line: number
  readonly column: number
  /** The whole comparison as written. */
  readonly expression: string
  readonly literalOffset: number
  /** The database's literal as written, quotes included. */
  readonly literal: string
}

/** The comparisons of `current_database()` with the literal of `database` in code, bodies of dollar quotes included. */
export function findGuards(sql: string, database: string): GuardSite[] {
  return scanGuards(sql, database).guards
}

/** The guards, and every other use of the database's name that decides something: it could not be redirected. */
export function scanGuards(sql: string, database: string): { guards: GuardSite[]; others: NameUse[] } {
  const code = tokeniseDeeply(sql).filter((token) => !isGap(token))
  const guards: GuardSite[] = []
  const taken = new Set<Token>()
  for (let index = 0; index < code.length; index++) {
    const match = matchGuard(code, index, database)
    if (match === undefined) continue
    guards.push(toSite(sql, code[index]!, code[match.end - 1]!, match.literal))
    for (const token of code.slice(index, match.end)) taken.add(token)
    index = match.end - 1
  }
  return { guards, others: findNameUses(sql, code, taken) }
}

function toSite(sql: string, first: Token, last: Token, literal: Token): GuardSite {
  return {
    offset: first.offset,
    ...positionAt(sql, first.offset),
    expression: sql.slice(first.offset, last.offset + last.text.length),
    literalOffset: literal.offset,
    literal: literal.text,
  }
}
