import { compared, inIdentity, type ObjectDeclaration, rowOid, toldBy } from '../declaration.ts'
import { isInPassingSchema } from '../keys.ts'
import { asIs, grants, language, listOf, role, routine, type, words } from '../names.ts'
import { aggregateParts } from './aggregates.ts'

/** Functions, procedures and aggregates. */
export const functions: ObjectDeclaration = {
  table: 'pg_proc',
  class: `CASE pg_proc.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END`,
  identity: `CASE pg_proc.pronamespace WHEN 'pg_catalog'::regnamespace THEN 'pg_catalog.' ELSE '' END || ${routine('pg_proc.oid')}`,
  address: { catalog: 'pg_proc', oid: 'pg_proc.oid' },
  where: `NOT (${isInPassingSchema('pg_proc.pronamespace')})`,
  columns: {
    oid: rowOid,
    proname: inIdentity,
    pronamespace: inIdentity,
    proowner: compared('owner', role),
    prolang: compared('language', language),
    procost: compared('cost', asIs),
    prorows: compared('rows', asIs),
    provariadic: compared('variadic', type),
    prosupport: compared('support function', routine),
    prokind: compared('kind', words({ f: 'function', p: 'procedure', a: 'aggregate', w: 'window function' })),
    prosecdef: compared('security definer', asIs),
    proleakproof: compared('leakproof', asIs),
    proisstrict: compared('strict', asIs),
    proretset: compared('returns a set', asIs),
    provolatile: compared('volatility', words({ i: 'immutable', s: 'stable', v: 'volatile' })),
    proparallel: compared('parallel', words({ s: 'safe', r: 'restricted', u: 'unsafe' })),
    pronargs: inIdentity,
    pronargdefaults: toldBy('the defaults'),
    prorettype: compared('returns', type),
    proargtypes: inIdentity,
    proallargtypes: compared('types of all arguments', listOf(type)),
    proargmodes: compared('modes of arguments', asIs),
    proargnames: compared('names of arguments', asIs),
    proargdefaults: compared('defaults', (tree) => `pg_get_expr(${tree}, 0)`),
    protrftypes: compared('transforms', listOf(type)),
    prosrc: compared('source', asIs),
    probin: compared('library', asIs),
    prosqlbody: compared(
      'body',
      (tree) => `CASE WHEN ${tree} IS NOT NULL THEN pg_get_function_sqlbody(pg_proc.oid) END`,
    ),
    proconfig: compared('settings', asIs),
    proacl: compared('grants', grants(`'f'::"char"`, 'pg_proc.proowner')),
  },
  satellites: [aggregateParts],
}
