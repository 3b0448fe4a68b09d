import { compared, inIdentity, type ObjectDeclaration, rowOid, toldBy } from '../declaration.ts'
import { isInPassingSchema, relationKey } from '../keys.ts'
import { asIs, qualified, relation, role, setOf, words } from '../names.ts'

export const policies: ObjectDeclaration = {
  table: 'pg_policy',
  class: `'policy'`,
  identity: `${relation('pg_policy.polrelid')} || '.' || quote_ident(pg_policy.polname)`,
  parent: relationKey('pg_policy.polrelid'),
  address: { catalog: 'pg_policy', oid: 'pg_policy.oid' },
  columns: {
    oid: rowOid,
    polname: inIdentity,
    polrelid: inIdentity,
    polcmd: compared('command', words({ r: 'select', a: 'insert', w: 'update', d: 'delete', '*': 'all' })),
    polpermissive: compared('permissive', asIs),
    polroles: compared('roles', setOf(role)),
    polqual: compared('using', (tree) => `pg_get_expr(${tree}, pg_policy.polrelid)`),
    polwithcheck: compared('with check', (tree) => `pg_get_expr(${tree}, pg_policy.polrelid)`),
  },
}

/** Extended statistics: what is gathered, not what was found. */
export const statisticsObjects: ObjectDeclaration = {
  table: 'pg_statistic_ext',
  class: `'statistics'`,
  identity: qualified('pg_statistic_ext.stxnamespace', 'pg_statistic_ext.stxname'),
  parent: relationKey('pg_statistic_ext.stxrelid'),
  address: { catalog: 'pg_statistic_ext', oid: 'pg_statistic_ext.oid' },
  where: `NOT (${isInPassingSchema('pg_statistic_ext.stxnamespace')})`,
  columns: {
    oid: rowOid,
    stxrelid: toldBy('the definition'),
    stxname: inIdentity,
    stxnamespace: inIdentity,
    stxowner: compared('owner', role),
    stxstattarget: compared('statistics target', (target) => `nullif(${target}, -1)::text`),
    stxkeys: toldBy('the definition'),
    stxkind: compared('kinds', asIs),
    stxexprs: toldBy('the definition'),
  },
  more: { definition: 'pg_get_statisticsobjdef(pg_statistic_ext.oid)' },
}
