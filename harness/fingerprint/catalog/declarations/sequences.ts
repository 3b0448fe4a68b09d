import { compared, inIdentity, type ObjectDeclaration } from '../declaration.ts'
import { isInPassingSchema, relationClass } from '../keys.ts'
import { asIs, qualified, type } from '../names.ts'
import { relationReadings } from './relations.ts'

/** What pg_depend says of the column that a sequence goes with, by OWNED BY (a) or as an identity (i). */
const owning = (what: string): string =>
  `(SELECT ${what} FROM pg_depend JOIN pg_class owning ON owning.oid = pg_depend.refobjid JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid WHERE classid = 'pg_class'::regclass AND objid = pg_sequence.seqrelid AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i'))`

const owningRelation = qualified('owning.relnamespace', 'owning.relname')

/** Sequences with their parameters. Their position is data. */
export const sequences: ObjectDeclaration = {
  table: 'pg_sequence',
  class: `'sequence'`,
  identity: qualified('pg_class.relnamespace', 'pg_class.relname'),
  parent: owning(`${relationClass('owning')} || ' ' || ${owningRelation}`),
  address: { catalog: 'pg_class', oid: 'pg_sequence.seqrelid' },
  where: `pg_class.relpersistence <> 't' AND NOT (${isInPassingSchema('pg_class.relnamespace')})`,
  columns: {
    seqrelid: inIdentity,
    seqtypid: compared('type', type),
    seqstart: compared('start', asIs),
    seqincrement: compared('increment', asIs),
    seqmax: compared('maximum', asIs),
    seqmin: compared('minimum', asIs),
    seqcache: compared('cache', asIs),
    seqcycle: compared('cycle', asIs),
  },
  satellites: [{ table: 'pg_class', on: 'pg_class.oid = pg_sequence.seqrelid', columns: relationReadings }],
  more: {
    'owned by': owning(
      `${owningRelation} || '.' || quote_ident(attname) || CASE deptype WHEN 'i' THEN ' (identity)' ELSE '' END`,
    ),
  },
}
