import { hasSqlDetails, parse, scan } from 'libpg-query'
import { basename, dirname } from 'node:path'
import { type Body, readBodies } from './bodies.ts'
import { firstLineOf } from './first-line.ts'
import { maskPsql } from './mask-psql.ts'
import type { Fields } from './walk.ts'

export interface SqlFault {
  readonly line: number
  readonly message: string
}

/** A parsed piece: a statement of the file, or a query inside a body. `lineOf` takes the parser's offset, if it tells one. */
export interface Tree {
  readonly root: Fields
  readonly lineOf: (location?: number) => number
}

export interface SqlToken {
  readonly text: string
  readonly kind: string
  readonly line: number
}

export interface SqlFile {
  readonly path: string
  readonly text: string
  readonly isRelease: boolean
  readonly isRollback: boolean
  /** Statements of the file itself, in order. */
  readonly statements: readonly Tree[]
  /** The statements and all queries of their bodies. */
  readonly trees: readonly Tree[]
  /** One list for the file, and one for each body. */
  readonly tokens: readonly (readonly SqlToken[])[]
}

export function isSqlFault(value: SqlFile | SqlFault): value is SqlFault {
  return 'message' in value
}

/** Reads a file by PostgreSQL's own parser, PL/pgSQL and SQL bodies included; the fault is the first that it finds. */
export async function readSqlFile(path: string, text: string): Promise<SqlFile | SqlFault> {
  const masked = maskPsql(text)
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length
  try {
    const { stmts = [] } = await parse(masked)
    const statements = stmts.map(({ stmt, stmt_location: start = 0 }) => ({
      root: stmt as Fields,
      lineOf: (location?: number) => lineAt(location ?? skipGap(masked, start)),
    }))
    const pieces = stmts.map(({ stmt_location: start = 0, stmt_len: length }) => ({
      start,
      sql: masked.slice(start, length === undefined ? undefined : start + length),
    }))
    const bodies = await readBodies(statements, pieces, lineAt)
    const unreadable = bodies.find((body) => 'message' in body)
    if (unreadable !== undefined) return unreadable
    const read = bodies.filter((body): body is Body => 'trees' in body)
    return {
      path,
      text,
      isRelease: basename(dirname(path)) === 'release',
      isRollback: basename(path) === 'rollback.sql',
      statements,
      trees: [...statements, ...read.flatMap(({ trees }) => trees)],
      tokens: await Promise.all(
        [{ sql: masked, start: 0 }, ...read].map(({ sql, start }) => readTokens(sql, start, lineAt)),
      ),
    }
  } catch (error) {
    if (!hasSqlDetails(error)) throw error
    const line = lineAt(error.sqlDetails?.cursorPosition ?? 0)
    return { line, message: `PostgreSQL cannot parse this: ${firstLineOf(error)}` }
  }
}

async function readTokens(
  sql: string,
  start: number,
  lineAt: (offset: number) => number,
): Promise<SqlToken[]> {
  const { tokens } = await scan(sql)
  return tokens
    .filter(({ tokenName }) => !tokenName.endsWith('COMMENT'))
    .map(({ text, keywordName, start: at }) => ({ text, kind: keywordName, line: lineAt(start + at) }))
}

/** Where the statement itself begins: the parser counts the gap before it, with its comments, to the statement. */
function skipGap(masked: string, start: number): number {
  return start + (/^(?:\s|--[^\n]*|\/\*[\s\S]*?\*\/)*/.exec(masked.slice(start))?.[0].length ?? 0)
}
