import { compared, ignored, inIdentity, type ObjectDeclaration, toldBy, unsteady } from '../declaration.ts'
import { isInPassingSchema, relationKey } from '../keys.ts'
import { asIs, qualified, relation } from '../names.ts'
import { relationReadings } from './relations.ts'

const byDefinition = toldBy('the definition')

export const indexes: ObjectDeclaration = {
  table: 'pg_index',
  class: `'index'`,
  identity: qualified('pg_class.relnamespace', 'pg_class.relname'),
  parent: relationKey('pg_index.indrelid'),
  address: { catalog: 'pg_class', oid: 'pg_index.indexrelid' },
  where: `pg_class.relpersistence <> 't' AND NOT (${isInPassingSchema('pg_class.relnamespace')})`,
  columns: {
    indexrelid: inIdentity,
    indrelid: compared('table', relation),
    indnatts: byDefinition,
    indnkeyatts: byDefinition,
    indisunique: compared('unique', asIs),
    indnullsnotdistinct: compared('nulls not distinct', asIs),
    indisprimary: compared('primary key', asIs),
    indisexclusion: compared('exclusion constraint', asIs),
    indimmediate: compared('checked at once', asIs),
    indisclustered: compared('clustered', asIs),
    indisvalid: compared('valid', asIs),
    indcheckxmin: unsteady('says which old snapshots may not use the index yet'),
    indisready: compared('ready', asIs),
    indislive: compared('live', asIs),
    indisreplident: compared('replica identity', asIs),
    indkey: byDefinition,
    indcollation: byDefinition,
    indclass: byDefinition,
    indoption: byDefinition,
    indexprs: byDefinition,
    indpred: byDefinition,
  },
  satellites: [
    {
      table: 'pg_class',
      on: 'pg_class.oid = pg_index.indexrelid',
      columns: {
        ...relationReadings,
        relowner: toldBy('the owner of the table'),
        relreplident: ignored('means nothing for an index'),
      },
    },
  ],
  more: {
    definition: 'pg_get_indexdef(pg_index.indexrelid)',
    parents: `(SELECT string_agg(${relation('inhparent')}, ', ' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = pg_index.indexrelid)`,
    'statistics targets': `(SELECT string_agg(attnum || ': ' || attstattarget, ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = pg_index.indexrelid AND attstattarget <> -1)`,
  },
}
