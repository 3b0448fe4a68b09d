import { quoteIdentifier, quoteLiteral, type Session } from '../postgres/session.ts'
import { isUserSchema } from '../postgres/user-schemas.ts'
import { identify } from './content/relations.ts'

/** Where a sequence stands (PostgreSQL manual, "CREATE SEQUENCE", Notes). */
export interface SequencePosition {
  /** 64-bit integer as text. */
  readonly lastValue: string
  /** False while `lastValue` itself is still to be given out. */
  readonly isCalled: boolean
  readonly increment: string
}

/** Position of each sequence, by its identity. */
export async function readSequences(session: Session): Promise<Map<string, SequencePosition>> {
  const sequences = await session.rows(`
    SELECT n.nspname AS schema, c.relname AS name, s.seqincrement::text AS increment
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid
    WHERE ${isUserSchema} AND c.relkind = 'S'
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`)
  if (sequences.length === 0) return new Map()
  const positions = sequences.map(({ schema, name, increment }) => {
    const sql = `${quoteIdentifier(String(schema))}.${quoteIdentifier(String(name))}`
    return (
      `SELECT ${quoteLiteral(identify(schema, name))} AS name, last_value::text AS last, is_called AS called, ` +
      `${quoteLiteral(String(increment))} AS increment FROM ${sql}`
    )
  })
  const rows = await session.rows(positions.join('\nUNION ALL '))
  return new Map(
    rows.map((row) => [
      String(row['name']),
      {
        lastValue: String(row['last']),
        isCalled: row['called'] === true,
        increment: String(row['increment']),
      },
    ]),
  )
}

/** `41`, or `1 (not called)`. */
export function describePosition({ lastValue, isCalled }: SequencePosition): string {
  return isCalled ? lastValue : `${lastValue} (not called)`
}

/** The position of each sequence, described. */
export function describePositions(sequences: ReadonlyMap<string, SequencePosition>): Record<string, string> {
  return Object.fromEntries([...sequences].map(([name, position]) => [name, describePosition(position)]))
}

/**
 * How many values were given out between the two: negative where the sequence was set back, a fraction where it was set
 * to a value that it does not give out itself.
 */
export function countGivenOut(before: SequencePosition, after: SequencePosition): number {
  const next = ({ lastValue, isCalled, increment }: SequencePosition) =>
    BigInt(lastValue) + (isCalled ? BigInt(increment) : 0n)
  const [distance, increment] = [next(after) - next(before), BigInt(after.increment)]
  return distance % increment === 0n ? Number(distance / increment) : Number(distance) / Number(increment)
}
