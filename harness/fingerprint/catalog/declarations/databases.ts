import {
  compared,
  ignored,
  inIdentity,
  lazyHint,
  type ObjectDeclaration,
  physical,
  rowOid,
} from '../declaration.ts'
import { asIs, grants, role, tablespace, words } from '../names.ts'

export const databases: ObjectDeclaration = {
  table: 'pg_database',
  class: `'database'`,
  identity: 'quote_ident(pg_database.datname)',
  address: { catalog: 'pg_database', oid: 'pg_database.oid' },
  withSystem: true,
  columns: {
    oid: rowOid,
    datname: inIdentity,
    datdba: compared('owner', role),
    encoding: compared('encoding', (code) => `pg_encoding_to_char(${code})::text`),
    datlocprovider: compared('locale provider', words({ b: 'builtin', c: 'libc', i: 'icu' })),
    datistemplate: compared('template', asIs),
    datallowconn: compared('allows connections', asIs),
    dathasloginevt: lazyHint,
    datconnlimit: compared('connection limit', asIs),
    datlastsysoid: ignored('says where OIDs of users began'),
    datfrozenxid: physical,
    datminmxid: physical,
    dattablespace: compared('tablespace', tablespace),
    datcollate: compared('LC_COLLATE', asIs),
    datctype: compared('LC_CTYPE', asIs),
    daticulocale: compared('locale', asIs),
    datlocale: compared('locale', asIs),
    daticurules: compared('rules', asIs),
    datcollversion: compared('collation version', asIs),
    datacl: compared('grants', grants(`'d'::"char"`, 'pg_database.datdba')),
  },
}

export const tablespaces: ObjectDeclaration = {
  table: 'pg_tablespace',
  class: `'tablespace'`,
  identity: 'quote_ident(pg_tablespace.spcname)',
  address: { catalog: 'pg_tablespace', oid: 'pg_tablespace.oid' },
  withSystem: true,
  columns: {
    oid: rowOid,
    spcname: inIdentity,
    spcowner: compared('owner', role),
    spcacl: compared('grants', grants(`'t'::"char"`, 'pg_tablespace.spcowner')),
    spcoptions: compared('options', asIs),
  },
}

/** Who may set which parameter of the server. The bootstrap superuser, whose OID is 10, owns them all. */
export const parameterGrants: ObjectDeclaration = {
  table: 'pg_parameter_acl',
  class: `'parameter'`,
  identity: 'quote_ident(pg_parameter_acl.parname)',
  withSystem: true,
  columns: {
    oid: rowOid,
    parname: inIdentity,
    paracl: compared('grants', grants(`'p'::"char"`, '10')),
  },
}
