import type { Row, Session } from '../../postgres/session.ts'
import { firstNormalOid } from './generate-query.ts'

const sorted = (acl: string) =>
  `ARRAY(SELECT item::text FROM unnest(${acl}) item ORDER BY item::text COLLATE "C")`

/**
 * Rights on the system's own relations, columns, functions and types that are not those that initdb gave
 * (pg_init_privs). Schemas and languages tell theirs as objects of the database.
 */
export async function readSystemGrants(session: Session): Promise<Row[]> {
  return await session.rows(`
    WITH object (catalog, oid, part, stated, standard) AS (
      SELECT 'pg_class'::regclass, oid, 0, relacl,
        acldefault((CASE relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char", relowner) FROM pg_class
      UNION ALL SELECT 'pg_class'::regclass, attrelid, attnum, attacl, '{}' FROM pg_attribute
      UNION ALL SELECT 'pg_proc'::regclass, oid, 0, proacl, acldefault('f', proowner) FROM pg_proc
      UNION ALL SELECT 'pg_type'::regclass, oid, 0, typacl, acldefault('T', typowner) FROM pg_type
    ), known AS (
      SELECT object.*, coalesce(stated, standard) AS now, coalesce(initprivs, standard) AS initial
      FROM object LEFT JOIN pg_init_privs ON classoid = catalog AND objoid = object.oid AND objsubid = part
      WHERE object.oid < ${firstNormalOid} AND (stated IS NOT NULL OR initprivs IS NOT NULL)
    )
    SELECT 'system grants' AS class, named.type || ' ' || named.identity AS identity, NULL AS parent, NULL AS address,
      json_build_object('grants', array_to_string(now, E'\\n')) AS attributes
    FROM known CROSS JOIN LATERAL pg_identify_object(catalog, known.oid, part) AS named
    WHERE ${sorted('now')} <> ${sorted('initial')}`)
}
