import {
  compared,
  ignored,
  ignoreAll,
  inIdentity,
  type ObjectDeclaration,
  type PartDeclaration,
  rowOid,
  toldBy,
} from '../declaration.ts'
import { isInPassingSchema, relationKey, typeClass, typeKey } from '../keys.ts'
import { asIs, collation, granted, operatorClass, qualified, role, routine, type, words } from '../names.ts'

const own = qualified('pg_type.typnamespace', 'pg_type.typname')
const element = qualified('element.typnamespace', 'element.typname')
const isArray = 'element.oid IS NOT NULL'
const isRow = `coalesce(pg_class.relkind <> 'c', false)`
const isFollower = `(${isArray} OR ${isRow} OR pg_type.typtype = 'm')`
const defaultGrants = `acldefault('T', pg_type.typowner)`

/** Types and domains, with those that the server makes along: of a table's row, of arrays, multiranges. */
export const types: ObjectDeclaration = {
  table: 'pg_type',
  class: typeClass('pg_type'),
  identity: `CASE WHEN ${isArray} THEN ${element} || '[]' ELSE ${own} END`,
  parent: `CASE WHEN ${isArray} THEN ${typeClass('element')} || ' ' || ${element}
    WHEN pg_type.typtype = 'm' THEN (SELECT ${typeKey('pg_range.rngtypid')} FROM pg_range WHERE pg_range.rngmultitypid = pg_type.oid)
    WHEN ${isRow} THEN ${relationKey('pg_type.typrelid')} END`,
  address: { catalog: 'pg_type', oid: 'pg_type.oid' },
  where: `NOT (${isInPassingSchema('pg_type.typnamespace')})`,
  columns: {
    oid: rowOid,
    typname: inIdentity,
    typnamespace: inIdentity,
    typowner: compared('owner', (owner) => `CASE WHEN NOT ${isFollower} THEN ${role(owner)} END`),
    typlen: compared('length', asIs),
    typbyval: compared('passed by value', asIs),
    typtype: compared(
      'kind',
      words({ b: 'base', c: 'composite', d: 'domain', e: 'enum', p: 'pseudo', r: 'range', m: 'multirange' }),
    ),
    typcategory: compared('category', asIs),
    typispreferred: compared('preferred', asIs),
    typisdefined: compared('defined', asIs),
    typdelim: compared('delimiter', asIs),
    typrelid: toldBy('the columns'),
    typsubscript: compared('subscript function', routine),
    typelem: compared('element', type),
    typarray: toldBy('the array type'),
    typinput: compared('input function', routine),
    typoutput: compared('output function', routine),
    typreceive: compared('receive function', routine),
    typsend: compared('send function', routine),
    typmodin: compared('modifier input function', routine),
    typmodout: compared('modifier output function', routine),
    typanalyze: compared('analyze function', routine),
    typalign: compared('alignment', asIs),
    typstorage: compared('storage', words({ p: 'plain', e: 'external', m: 'main', x: 'extended' })),
    typnotnull: compared('not null', asIs),
    typbasetype: compared(
      'base type',
      (oid) => `CASE WHEN ${oid} <> 0 THEN format_type(${oid}, pg_type.typtypmod) END`,
    ),
    typtypmod: toldBy('the base type'),
    typndims: ignored('is not enforced, and not kept by a dump'),
    typcollation: compared('collation', collation),
    typdefaultbin: compared('default expression', (tree) => `pg_get_expr(${tree}, 0)`),
    typdefault: compared('default', asIs),
    // A type that follows another has its owner, so that the default of its grants says nothing of its own.
    typacl: compared(
      'grants',
      (acl) =>
        `CASE WHEN NOT ${isFollower} THEN ${granted(`coalesce(${acl}, ${defaultGrants})`)} WHEN ${acl} <> ${defaultGrants} THEN ${granted(acl)} END`,
    ),
  },
  satellites: [
    { table: 'pg_type AS element', on: 'element.typarray = pg_type.oid', columns: {} },
    { table: 'pg_class', on: 'pg_class.oid = pg_type.typrelid', columns: {} },
    {
      table: 'pg_range',
      on: 'pg_range.rngtypid = pg_type.oid',
      columns: {
        rngtypid: inIdentity,
        rngsubtype: compared('range of', type),
        rngmultitypid: compared('multirange type', type),
        rngcollation: compared('range collation', collation),
        rngsubopc: compared('range operator class', operatorClass),
        rngcanonical: compared('canonical function', routine),
        rngsubdiff: compared('difference function', routine),
      },
    },
  ],
  more: {
    labels: `(SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = pg_type.oid)`,
  },
}

export const enumLabels: PartDeclaration = {
  table: 'pg_enum',
  columns: ignoreAll('is told by the labels of the type', ['oid', 'enumtypid', 'enumsortorder', 'enumlabel']),
}
