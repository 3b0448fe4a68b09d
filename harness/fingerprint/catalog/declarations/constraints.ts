import { compared, inIdentity, type ObjectDeclaration, rowOid, toldBy } from '../declaration.ts'
import { constraintName, isInPassingSchema, relationKey, typeKey, typeName } from '../keys.ts'
import { asIs, listOf, operator, relation, words } from '../names.ts'

const byDefinition = toldBy('the definition')
const operators = listOf(operator)

/** Constraints of tables and domains. */
export const constraints: ObjectDeclaration = {
  table: 'pg_constraint',
  class: `'constraint'`,
  identity: `coalesce(${relation('pg_constraint.conrelid')}, ${typeName('pg_constraint.contypid')}) || '.' || quote_ident(pg_constraint.conname)`,
  parent: `coalesce(${relationKey('pg_constraint.conrelid')}, ${typeKey('pg_constraint.contypid')})`,
  address: { catalog: 'pg_constraint', oid: 'pg_constraint.oid' },
  where: `NOT (${isInPassingSchema('pg_constraint.connamespace')})`,
  columns: {
    oid: rowOid,
    conname: inIdentity,
    connamespace: inIdentity,
    contype: compared(
      'kind',
      words({
        c: 'check',
        f: 'foreign key',
        n: 'not null',
        p: 'primary key',
        u: 'unique',
        t: 'trigger',
        x: 'exclusion',
      }),
    ),
    condeferrable: compared('deferrable', asIs),
    condeferred: compared('deferred', asIs),
    conenforced: compared('enforced', asIs),
    convalidated: compared('validated', asIs),
    conrelid: inIdentity,
    contypid: inIdentity,
    conindid: compared('index', relation),
    conparentid: compared(
      'parent constraint',
      (oid) => `CASE WHEN ${oid} <> 0 THEN ${constraintName(oid)} END`,
    ),
    confrelid: compared('referenced table', relation),
    confupdtype: byDefinition,
    confdeltype: byDefinition,
    confmatchtype: byDefinition,
    conislocal: compared('local', asIs),
    coninhcount: compared('parents that have it', asIs),
    connoinherit: compared('not inherited', asIs),
    conkey: byDefinition,
    confkey: byDefinition,
    conpfeqop: compared('operators of referenced and referencing column', operators),
    conppeqop: compared('operators of referenced columns', operators),
    conffeqop: compared('operators of referencing columns', operators),
    confdelsetcols: byDefinition,
    conexclop: compared('exclusion operators', operators),
    conbin: byDefinition,
    conperiod: compared('over a period', asIs),
  },
  more: { definition: 'pg_get_constraintdef(pg_constraint.oid)' },
}
