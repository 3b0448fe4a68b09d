import type { Session } from '../postgres/session.ts'
import { hashesOf } from './content/image.ts'

/** How many bytes a large object has, and a digest of them. */
export interface LargeObject {
  readonly bytes: number
  readonly digest: string
}

/** Each large object by its OID, which a dump carries. The session must be allowed to read them. */
export async function readLargeObjects(session: Session): Promise<Map<string, LargeObject>> {
  const [first, second] = hashesOf('content')
  const rows = await session.rows(`
    SELECT oid::text AS oid, length(content) AS bytes, ${first} || '/' || ${second} AS digest
    FROM (SELECT oid, lo_get(oid) AS content FROM pg_largeobject_metadata OFFSET 0) AS object
    ORDER BY oid`)
  return new Map(
    rows.map((row) => [String(row['oid']), { bytes: Number(row['bytes']), digest: String(row['digest']) }]),
  )
}

/** OIDs of those of which a page fulfils the condition; none without one, or where the session may not read pages. */
export async function findWrittenLargeObjects(
  session: Session,
  written: string | undefined,
): Promise<Set<string>> {
  if (written === undefined) return new Set()
  const [right] = await session.rows(
    "SELECT has_table_privilege('pg_catalog.pg_largeobject', 'SELECT') AS given",
  )
  if (right?.['given'] !== true) return new Set()
  const rows = await session.rows(
    `SELECT DISTINCT loid::text AS oid FROM pg_catalog.pg_largeobject WHERE ${written}`,
  )
  return new Set(rows.map((row) => String(row['oid'])))
}
