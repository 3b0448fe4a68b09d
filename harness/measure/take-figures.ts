import { measureOf, type GroupedMeasure, type Measures, type SingleMeasure } from '../config/measures.ts'
import { RehearsalError } from '../errors.ts'
import type { Figure, Figures } from '../evidence/schema.ts'
import { onBehalfOf } from '../postgres/sender.ts'
import type { Row, Session, Value } from '../postgres/session.ts'

export type Place = 'production' | 'elsewhere'

/** Reads every measure that is read in this place. Run it inside one transaction for one consistent reading. */
export async function takeFigures(session: Session, measures: Measures, place: Place): Promise<Figures> {
  const figures: Record<string, Figure> = {}
  for (const [name, measure] of Object.entries(measures)) {
    if (measure.where === 'production' && place !== 'production') continue
    Object.assign(figures, await takeMeasure(session, name, measure))
  }
  return figures
}

/** The query that shows a figure, for messages. Throws MEASURE_UNKNOWN for a name that no measure has. */
export function queryOf(measures: Measures, figureName: string): string {
  const measure = measureOf(measures, figureName)
  if (measure === undefined) {
    throw new RehearsalError('MEASURE_UNKNOWN', `there is no measure "${figureName}"`, {
      hint: `the measures are: ${Object.keys(measures).join(', ')}`,
    })
  }
  return 'kinds' in measure ? measure.each : measure.sql
}

async function takeMeasure(
  session: Session,
  name: string,
  measure: SingleMeasure | GroupedMeasure,
): Promise<Record<string, Figure>> {
  await requireRole(session, name, measure.requiresRole)
  const isAbsent = !(await haveTables(session, measure.needs ?? []))
  if ('kinds' in measure) {
    if (isAbsent) return Object.fromEntries(measure.kinds.map((kind) => [`${name}.${kind}`, null]))
    return takeGroup(session, name, measure)
  }
  return { [name]: isAbsent ? null : await takeSingle(session, name, measure.sql) }
}

async function takeSingle(session: Session, name: string, sql: string): Promise<Figure> {
  const rows = await readForMeasure(session, name, sql)
  const values = Object.values(rows[0] ?? {})
  if (rows.length !== 1 || values.length !== 1) {
    throw new RehearsalError(
      'MEASURE_INVALID',
      `measure "${name}" returned ${rows.length} rows of ${values.length} columns`,
      {
        hint: 'its query must return one row with one column',
        details: { query: sql },
      },
    )
  }
  return toFigure(name, sql, values[0] ?? null)
}

async function takeGroup(
  session: Session,
  name: string,
  measure: GroupedMeasure,
): Promise<Record<string, Figure>> {
  const figures: Record<string, Figure> = Object.fromEntries(
    measure.kinds.map((kind) => [`${name}.${kind}`, 0]),
  )
  for (const row of await readForMeasure(session, name, measure.each)) {
    const [kind, value] = Object.values(row)
    if (value === undefined || !measure.kinds.includes(String(kind))) {
      throw new RehearsalError(
        'MEASURE_INVALID',
        `measure "${name}" counted the kind "${kind}", which it does not list`,
        {
          hint: `add it to the measure's kinds: ${measure.kinds.join(', ')}`,
          details: { query: measure.each },
        },
      )
    }
    figures[`${name}.${kind}`] = toFigure(`${name}.${kind}`, measure.each, value)
  }
  return figures
}

/** Sends a query that a measure's declaration gives, on the measure's behalf. */
export async function readForMeasure(session: Session, name: string, sql: string): Promise<Row[]> {
  try {
    return await onBehalfOf({ by: `measure ${name}`, kind: 'project' }, () => session.rows(sql))
  } catch (cause) {
    if (!(cause instanceof RehearsalError) || cause.code !== 'QUERY_FAILED') throw cause
    throw new RehearsalError('QUERY_FAILED', `measure "${name}" cannot be read: ${cause.message}`, {
      hint: `its query: ${sql.replaceAll(/\s+/g, ' ').trim()}`,
      details: cause.details,
      cause: cause.cause,
    })
  }
}

/** Text that is a whole number in PostgreSQL's writing is one: int8 and numeric arrive as text. */
function toFigure(name: string, sql: string, value: Value): Figure {
  if (typeof value === 'number') return value
  if (typeof value === 'string' && /^-?\d+$/.test(value)) {
    if (Number.isSafeInteger(Number(value))) return Number(value)
  } else if (typeof value === 'string') return value
  throw new RehearsalError(
    'MEASURE_INVALID',
    `measure "${name}" returned ${value}: neither a safe integer nor a text`,
    {
      hint: 'SQL NULL is not a figure: use coalesce(), or count()',
      details: { query: sql },
    },
  )
}

async function haveTables(session: Session, tables: readonly string[]): Promise<boolean> {
  if (tables.length === 0) return true
  const [row] = await session.rows(
    'SELECT bool_and(to_regclass(name) IS NOT NULL) AS have FROM unnest($1::text[]) AS name',
    [tables],
  )
  return row?.['have'] === true
}

async function requireRole(session: Session, name: string, role: string | undefined): Promise<void> {
  if (role === undefined) return
  const [row] = await session.rows("SELECT pg_has_role($1, 'USAGE') AS has, current_user AS me", [role])
  if (row?.['has'] === true) return
  throw new RehearsalError(
    'MEASURE_INVALID',
    `measure "${name}" needs the rights of ${role}, which ${row?.['me']} lacks`,
    {
      hint: `GRANT ${role} TO ${row?.['me']};`,
    },
  )
}
