import { hasSqlDetails, parse, parsePlPgSQL } from 'libpg-query'
import { tokenise } from '../../harness/release/tokenise.ts'
import type { SqlFault, Tree } from './sql-file.ts'
import { firstLineOf } from './first-line.ts'
import { type Fields, findNodes, isFields, namesOf, textOf } from './walk.ts'

/** The body of a DO block or a function, with the queries in it. */
export interface Body {
  readonly sql: string
  readonly start: number
  readonly trees: readonly Tree[]
}

interface Piece {
  readonly sql: string
  readonly start: number
}

type LineAt = (offset: number) => number

/** Reads the body of every DO block and function among the statements; a body that cannot be parsed is a fault. */
export async function readBodies(
  statements: readonly Tree[],
  pieces: readonly Piece[],
  lineAt: LineAt,
): Promise<(Body | SqlFault)[]> {
  const bodies: (Body | SqlFault)[] = []
  for (const [index, { root }] of statements.entries()) {
    const [piece, options] = [pieces[index], findBodyOptions(root)]
    const token =
      piece && options && tokenise(piece.sql, { psql: false }).find(({ kind }) => kind === 'dollar-string')
    if (!piece || !options || !token) continue
    const tagLength = token.text.indexOf('$', 1) + 1
    const body = {
      sql: token.text.slice(tagLength, -tagLength),
      start: piece.start + token.offset + tagLength,
    }
    bodies.push(await readBody(body, piece, options.language, lineAt))
  }
  return bodies
}

function findBodyOptions(root: Fields): { language: string } | undefined {
  const [statement] = findNodes(root, 'DoStmt', 'CreateFunctionStmt')
  if (statement === undefined) return undefined
  const options = findNodes(statement.args ?? statement.options, 'DefElem')
  const language = options.find(({ defname }) => defname === 'language')
  return { language: language === undefined ? 'plpgsql' : (namesOf(language.arg)[0] ?? '') }
}

async function readBody(
  body: Piece,
  piece: Piece,
  language: string,
  lineAt: LineAt,
): Promise<Body | SqlFault> {
  const firstLine = lineAt(body.start)
  try {
    if (language === 'sql') {
      const { stmts = [] } = await parse(body.sql)
      const lineOf = (location?: number) => lineAt(body.start + (location ?? 0))
      return { ...body, trees: stmts.map(({ stmt }) => ({ root: stmt as Fields, lineOf })) }
    }
    if (language !== 'plpgsql') return { ...body, trees: [] }
    const queries = [...findQueries(await parsePlPgSQL(piece.sql), 1)]
    const trees = queries.map(async ({ sql, line }) => ({
      root: { stmts: (await parse(sql)).stmts },
      lineOf: () => firstLine + line - 1,
    }))
    return { ...body, trees: await Promise.all(trees) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const offset = hasSqlDetails(error) ? (error.sqlDetails?.cursorPosition ?? 0) : 0
    const line = language === 'sql' ? lineAt(body.start + offset) : firstLine
    return { line, message: `PostgreSQL cannot parse this ${language} body: ${firstLineOf(error)}` }
  }
}

/** The queries and expressions of a PL/pgSQL tree, each with its line in the body. */
function* findQueries(value: unknown, line: number): Generator<{ sql: string; line: number }> {
  if (Array.isArray(value)) for (const item of value) yield* findQueries(item, line)
  else if (isFields(value)) {
    const here = typeof value.lineno === 'number' ? value.lineno : line
    if (isFields(value.PLpgSQL_expr)) yield { sql: toStatement(value.PLpgSQL_expr), line: here }
    else for (const child of Object.values(value)) yield* findQueries(child, here)
  }
}

/** As in PostgreSQL's RawParseMode: 0 is a statement, 2 an expression, 3 and more an assignment. */
function toStatement(expression: Fields): string {
  const query = textOf(expression, 'query')
  const mode = typeof expression.parseMode === 'number' ? expression.parseMode : 0
  if (mode === 0) return query
  return `SELECT ${mode === 2 ? query : query.replace(/^.*?:?=/s, '')}`
}
