import { compared, inIdentity, type ObjectDeclaration, rowOid } from '../declaration.ts'
import { asIs, grants, language, role, routine, type, words } from '../names.ts'

/** Languages, the built-in ones too: grants on them are common, and they are few. */
export const languages: ObjectDeclaration = {
  table: 'pg_language',
  class: `'language'`,
  identity: 'quote_ident(pg_language.lanname)',
  address: { catalog: 'pg_language', oid: 'pg_language.oid' },
  withSystem: true,
  columns: {
    oid: rowOid,
    lanname: inIdentity,
    lanowner: compared('owner', role),
    lanispl: compared('procedural', asIs),
    lanpltrusted: compared('trusted', asIs),
    lanplcallfoid: compared('call handler', routine),
    laninline: compared('inline handler', routine),
    lanvalidator: compared('validator', routine),
    lanacl: compared('grants', grants(`'l'::"char"`, 'pg_language.lanowner')),
  },
}

export const transforms: ObjectDeclaration = {
  table: 'pg_transform',
  class: `'transform'`,
  identity: `'for ' || ${type('pg_transform.trftype')} || ' language ' || ${language('pg_transform.trflang')}`,
  address: { catalog: 'pg_transform', oid: 'pg_transform.oid' },
  columns: {
    oid: rowOid,
    trftype: inIdentity,
    trflang: inIdentity,
    trffromsql: compared('from SQL', routine),
    trftosql: compared('to SQL', routine),
  },
}

export const casts: ObjectDeclaration = {
  table: 'pg_cast',
  class: `'cast'`,
  identity: `'(' || ${type('pg_cast.castsource')} || ' AS ' || ${type('pg_cast.casttarget')} || ')'`,
  address: { catalog: 'pg_cast', oid: 'pg_cast.oid' },
  columns: {
    oid: rowOid,
    castsource: inIdentity,
    casttarget: inIdentity,
    castfunc: compared('function', routine),
    castcontext: compared('context', words({ e: 'explicit', a: 'assignment', i: 'implicit' })),
    castmethod: compared('method', words({ f: 'function', i: 'input and output', b: 'binary' })),
  },
}
