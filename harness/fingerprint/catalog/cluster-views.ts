import type { Row, Session } from '../../postgres/session.ts'
import { hashed } from './names.ts'

/** A view of what a cluster keeps outside of its catalogs. */
interface ClusterView {
  readonly view: string
  /** A function under the view that has rights of its own. */
  readonly reads?: string
  readonly select: string
}

const views: readonly ClusterView[] = [
  {
    view: 'pg_replication_slots',
    select: `SELECT 'replication slot' AS class, quote_ident(slot_name) AS identity, NULL AS parent, NULL AS address,
      json_build_object('plugin', plugin, 'kind', slot_type, 'database', database,
        'two-phase', to_jsonb(slot) ->> 'two_phase', 'failover', to_jsonb(slot) ->> 'failover') AS attributes
      FROM pg_replication_slots slot WHERE NOT temporary`,
  },
  {
    view: 'pg_prepared_xacts',
    select: `SELECT 'prepared transaction' AS class, quote_literal(gid) AS identity, NULL AS parent, NULL AS address,
      json_build_object('owner', owner, 'database', database) AS attributes
      FROM pg_prepared_xacts`,
  },
  {
    view: 'pg_file_settings',
    reads: 'pg_show_all_file_settings()',
    select: `SELECT 'system setting' AS class, name AS identity, NULL AS parent, NULL AS address,
      CASE WHEN name IN ('primary_conninfo', 'ssl_passphrase_command')
        THEN json_build_object('digest of the value', ${hashed(`string_agg(setting, ', ' ORDER BY seqno)`)})
        ELSE json_build_object('value', string_agg(setting, ', ' ORDER BY seqno)) END AS attributes
      FROM pg_file_settings WHERE sourcefile ~ '(^|/)postgresql[.]auto[.]conf$' AND name IS NOT NULL GROUP BY name`,
  },
]

/** Replication slots, prepared transactions and what ALTER SYSTEM set, each if the session may read it. */
export async function readClusterViews(session: Session): Promise<Row[]> {
  const rights = await session.rows(`SELECT ${views.map(describeRight).join(', ')}`)
  const selects = views.map(({ view, select }) =>
    rights[0]?.[view] === true
      ? select
      : `SELECT 'unreadable' AS class, 'pg_catalog.${view}' AS identity, NULL AS parent, NULL AS address, json_build_object('unreadable', 'all') AS attributes`,
  )
  return await session.rows(selects.join('\nUNION ALL\n'))
}

function describeRight({ view, reads }: ClusterView): string {
  const table = `has_table_privilege('pg_catalog.${view}', 'SELECT')`
  const both =
    reads === undefined ? table : `${table} AND has_function_privilege('pg_catalog.${reads}', 'EXECUTE')`
  return `${both} AS ${view}`
}
