/** Where a database guard stands. Offsets count UTF-16 code units of the text; line and column count from 1. */
export interface GuardSite {
  readonly offset: number
  readonly line: number
  readonly column: number
  /** The whole comparison as it stands in the text. */
  readonly expression: string
  readonly literalOffset: number
  /** The database's literal as it stands in the text, quotes included. */
  readonly literal: string
}

export function findGuards(_sql: string, _database: string): GuardSite[] {
  throw new Error('to come')
}
