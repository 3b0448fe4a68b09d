import type { Session } from '../postgres/session.ts'
import { hashesOf } from './content/image.ts'

/** Digest of each large object's bytes, by its OID, which a dump carries. The session must be allowed to read them. */
export async function readLargeObjects(session: Session): Promise<Map<string, string>> {
  const [first, second] = hashesOf('content')
  const rows = await session.rows(`
    SELECT oid::text AS oid, length(content) || '/' || ${first} || '/' || ${second} AS digest
    FROM (SELECT oid, lo_get(oid) AS content FROM pg_largeobject_metadata OFFSET 0) AS object
    ORDER BY oid`)
  return new Map(rows.map((row) => [String(row['oid']), String(row['digest'])]))
}
