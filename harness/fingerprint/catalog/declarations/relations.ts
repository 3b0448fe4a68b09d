import {
  compared,
  estimate,
  ignoreAll,
  inIdentity,
  lazyHint,
  type ObjectDeclaration,
  type PartDeclaration,
  physical,
  type Readings,
  rowOid,
  toldBy,
} from '../declaration.ts'
import { isInPassingSchema, relationClass } from '../keys.ts'
import {
  accessMethod,
  asIs,
  grants,
  qualified,
  relation,
  role,
  server,
  tablespace,
  type,
  words,
} from '../names.ts'

/** How the columns of pg_class are read, whatever the kind of relation. */
export const relationReadings: Readings = {
  oid: rowOid,
  relname: inIdentity,
  relnamespace: inIdentity,
  reltype: toldBy('the type of the relation'),
  reloftype: compared('of type', type),
  relowner: compared('owner', role),
  relam: compared('access method', accessMethod),
  relfilenode: physical,
  reltablespace: compared('tablespace', tablespace),
  relpages: estimate,
  reltuples: estimate,
  relallvisible: estimate,
  relallfrozen: estimate,
  reltoastrelid: compared(
    'toast options',
    (oid) => `(SELECT toast.reloptions::text FROM pg_class toast WHERE toast.oid = ${oid})`,
  ),
  relhasindex: lazyHint,
  relisshared: toldBy('the catalog: all relations that are shared are the system’s own'),
  relpersistence: compared('persistence', words({ p: 'permanent', u: 'unlogged', t: 'temporary' })),
  relkind: compared(
    'kind',
    words({
      r: 'table',
      p: 'partitioned table',
      v: 'view',
      m: 'materialized view',
      f: 'foreign table',
      S: 'sequence',
      i: 'index',
      I: 'partitioned index',
    }),
  ),
  relnatts: toldBy('the columns'),
  relchecks: toldBy('the constraints'),
  relhasrules: lazyHint,
  relhastriggers: lazyHint,
  relhassubclass: lazyHint,
  relrowsecurity: compared('row security', asIs),
  relforcerowsecurity: compared('row security forced on the owner', asIs),
  relispopulated: compared('populated', asIs),
  relreplident: compared('replica identity', words({ d: 'default', n: 'nothing', f: 'full', i: 'index' })),
  relispartition: compared('partition', asIs),
  relrewrite: physical,
  relfrozenxid: physical,
  relminmxid: physical,
  relacl: compared(
    'grants',
    (acl) =>
      `CASE WHEN pg_class.relkind NOT IN ('i', 'I') THEN ${grants(`(CASE pg_class.relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char"`, 'pg_class.relowner')(acl)} END`,
  ),
  reloptions: compared('options', asIs),
  relpartbound: compared('partition bound', (tree) => `pg_get_expr(${tree}, pg_class.oid)`),
}

/** Tables, views and foreign tables. Their indexes and sequences are declared apart. */
export const relations: ObjectDeclaration = {
  table: 'pg_class',
  class: relationClass('pg_class'),
  identity: qualified('pg_class.relnamespace', 'pg_class.relname'),
  address: { catalog: 'pg_class', oid: 'pg_class.oid' },
  where: `pg_class.relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_class.relpersistence <> 't'
    AND NOT (${isInPassingSchema('pg_class.relnamespace')})`,
  columns: relationReadings,
  satellites: [
    {
      table: 'pg_partitioned_table',
      on: 'pg_partitioned_table.partrelid = pg_class.oid',
      columns: {
        ...ignoreAll('is told by the partition key', [
          'partrelid',
          'partstrat',
          'partnatts',
          'partattrs',
          'partclass',
          'partcollation',
          'partexprs',
        ]),
        partdefid: compared('default partition', relation),
      },
    },
    {
      table: 'pg_foreign_table',
      on: 'pg_foreign_table.ftrelid = pg_class.oid',
      columns: {
        ftrelid: inIdentity,
        ftserver: compared('server', server),
        ftoptions: compared('foreign options', asIs),
      },
    },
  ],
  more: {
    definition: `CASE WHEN pg_class.relkind IN ('v', 'm') THEN pg_get_viewdef(pg_class.oid) END`,
    'partition key': `CASE WHEN pg_class.relkind = 'p' THEN pg_get_partkeydef(pg_class.oid) END`,
    parents: `(SELECT string_agg(${relation('pg_inherits.inhparent')} || CASE WHEN inhdetachpending THEN ' (being detached)' ELSE '' END, ', ' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = pg_class.oid)`,
  },
}

export const inheritance: PartDeclaration = {
  table: 'pg_inherits',
  columns: ignoreAll('is told by the parents of the table or index', [
    'inhrelid',
    'inhparent',
    'inhseqno',
    'inhdetachpending',
  ]),
}
