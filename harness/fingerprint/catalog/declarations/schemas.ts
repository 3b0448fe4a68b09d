import { compared, inIdentity, type ObjectDeclaration, rowOid } from '../declaration.ts'
import { asIs, granted, grants, listOf, relation, role, schema, words } from '../names.ts'

/** Schemas, the system's too: `public` is one of them, and they are few. */
export const schemas: ObjectDeclaration = {
  table: 'pg_namespace',
  class: `'schema'`,
  identity: 'quote_ident(pg_namespace.nspname)',
  address: { catalog: 'pg_namespace', oid: 'pg_namespace.oid' },
  where: `pg_namespace.nspname !~ '^pg_(temp_|toast_temp_)'`,
  withSystem: true,
  columns: {
    oid: rowOid,
    nspname: inIdentity,
    nspowner: compared('owner', role),
    nspacl: compared('grants', grants(`'n'::"char"`, 'pg_namespace.nspowner')),
  },
}

const kinds = words({
  r: 'tables',
  S: 'sequences',
  f: 'functions',
  T: 'types',
  n: 'schemas',
  L: 'large objects',
})

/** What ALTER DEFAULT PRIVILEGES left. */
export const defaultGrants: ObjectDeclaration = {
  table: 'pg_default_acl',
  class: `'default privileges'`,
  identity: `'for role ' || ${role('pg_default_acl.defaclrole')} || coalesce(' in schema ' || ${schema('pg_default_acl.defaclnamespace')}, '') || ' on ' || ${kinds('pg_default_acl.defaclobjtype')}`,
  address: { catalog: 'pg_default_acl', oid: 'pg_default_acl.oid' },
  columns: {
    oid: rowOid,
    defaclrole: inIdentity,
    defaclnamespace: inIdentity,
    defaclobjtype: inIdentity,
    defaclacl: compared('grants', granted),
  },
}

/** Extensions. Their members say so themselves, in the attribute `extension`. */
export const extensions: ObjectDeclaration = {
  table: 'pg_extension',
  class: `'extension'`,
  identity: 'quote_ident(pg_extension.extname)',
  address: { catalog: 'pg_extension', oid: 'pg_extension.oid' },
  withSystem: true,
  columns: {
    oid: rowOid,
    extname: inIdentity,
    extowner: compared('owner', role),
    extnamespace: compared('schema', schema),
    extrelocatable: compared('relocatable', asIs),
    extversion: compared('version', asIs),
    extconfig: compared('configuration tables', listOf(relation)),
    extcondition: compared('configuration conditions', asIs),
  },
}

/** Large objects, by their OID: that is the name their users know. */
export const largeObjects: ObjectDeclaration = {
  table: 'pg_largeobject_metadata',
  class: `'large object'`,
  identity: 'pg_largeobject_metadata.oid::text',
  address: { catalog: 'pg_largeobject', oid: 'pg_largeobject_metadata.oid' },
  withSystem: true,
  columns: {
    oid: inIdentity,
    lomowner: compared('owner', role),
    lomacl: compared('grants', grants(`'L'::"char"`, 'pg_largeobject_metadata.lomowner')),
  },
}
