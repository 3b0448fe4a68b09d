import {
  compared,
  ignored,
  inIdentity,
  type ObjectDeclaration,
  rowOid,
  toldBy,
  unsteady,
} from '../declaration.ts'
import { isInPassingSchema, relationClass } from '../keys.ts'
import { asIs, collation, grants, qualified, words } from '../names.ts'

const relationName = qualified('pg_class.relnamespace', 'pg_class.relname')
const ofType = toldBy('the type of the column')

/** Columns of tables, views, foreign tables and composite types; a system column only where it was granted. */
export const columns: ObjectDeclaration = {
  table: 'pg_attribute',
  class: `'column'`,
  identity: `${relationName} || '.' || quote_ident(pg_attribute.attname)`,
  parent: `${relationClass('pg_class')} || ' ' || ${relationName}`,
  address: { catalog: 'pg_class', oid: 'pg_attribute.attrelid', column: 'pg_attribute.attnum' },
  where: `pg_class.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND pg_class.relpersistence <> 't'
    AND NOT pg_attribute.attisdropped AND (pg_attribute.attnum > 0 OR pg_attribute.attacl IS NOT NULL)
    AND NOT (${isInPassingSchema('pg_class.relnamespace')})`,
  columns: {
    attrelid: inIdentity,
    attname: inIdentity,
    atttypid: compared('type', (oid) => `format_type(${oid}, pg_attribute.atttypmod)`),
    attstattarget: compared('statistics target', (target) => `nullif(${target}, -1)::text`),
    attlen: ofType,
    attnum: toldBy('the position'),
    attndims: ignored('is not enforced, and not kept by a dump'),
    attcacheoff: unsteady('is used in memory only'),
    atttypmod: ofType,
    attbyval: ofType,
    attalign: ofType,
    attstorage: compared('storage', words({ p: 'plain', e: 'external', m: 'main', x: 'extended' })),
    attcompression: compared('compression', (code) => words({ p: 'pglz', l: 'lz4' })(`nullif(${code}, '')`)),
    attnotnull: compared('not null', asIs),
    atthasdef: toldBy('the default'),
    atthasmissing: ignored('is how a default was added without a rewrite'),
    attidentity: compared('identity', (code) =>
      words({ a: 'always', d: 'by default' })(`nullif(${code}, '')`),
    ),
    attgenerated: compared('generated', (code) =>
      words({ s: 'stored', v: 'virtual' })(`nullif(${code}, '')`),
    ),
    attisdropped: ignored('of a dropped column there is nothing to compare'),
    attislocal: compared('local', asIs),
    attinhcount: compared('parents that have it', asIs),
    attcollation: compared('collation', collation),
    attacl: compared('grants', grants(`'c'::"char"`, 'pg_class.relowner')),
    attoptions: compared('options', asIs),
    attfdwoptions: compared('foreign options', asIs),
    attmissingval: ignored('is how a default was added without a rewrite: the rows tell the value'),
  },
  satellites: [
    { table: 'pg_class', on: 'pg_class.oid = pg_attribute.attrelid', columns: {} },
    {
      table: 'pg_attrdef',
      on: 'pg_attrdef.adrelid = pg_attribute.attrelid AND pg_attrdef.adnum = pg_attribute.attnum',
      columns: {
        oid: rowOid,
        adrelid: inIdentity,
        adnum: inIdentity,
        adbin: compared('default', (tree) => `pg_get_expr(${tree}, pg_attrdef.adrelid)`),
      },
    },
  ],
  more: {
    position: `(SELECT nullif(count(*), 0)::text FROM pg_attribute before WHERE before.attrelid = pg_attribute.attrelid AND before.attnum BETWEEN 1 AND pg_attribute.attnum AND NOT before.attisdropped)`,
  },
}
