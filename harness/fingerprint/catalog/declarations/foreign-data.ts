import { compared, inIdentity, type ObjectDeclaration, rowOid } from '../declaration.ts'
import { asIs, grants, hashed, role, routine, server, wrapper } from '../names.ts'

export const foreignDataWrappers: ObjectDeclaration = {
  table: 'pg_foreign_data_wrapper',
  class: `'foreign-data wrapper'`,
  identity: wrapper('pg_foreign_data_wrapper.oid'),
  address: { catalog: 'pg_foreign_data_wrapper', oid: 'pg_foreign_data_wrapper.oid' },
  columns: {
    oid: rowOid,
    fdwname: inIdentity,
    fdwowner: compared('owner', role),
    fdwhandler: compared('handler', routine),
    fdwvalidator: compared('validator', routine),
    fdwacl: compared('grants', grants(`'F'::"char"`, 'pg_foreign_data_wrapper.fdwowner')),
    fdwoptions: compared('options', asIs),
  },
}

export const foreignServers: ObjectDeclaration = {
  table: 'pg_foreign_server',
  class: `'server'`,
  identity: server('pg_foreign_server.oid'),
  address: { catalog: 'pg_foreign_server', oid: 'pg_foreign_server.oid' },
  columns: {
    oid: rowOid,
    srvname: inIdentity,
    srvowner: compared('owner', role),
    srvfdw: compared('foreign-data wrapper', wrapper),
    srvtype: compared('type', asIs),
    srvversion: compared('version', asIs),
    srvacl: compared('grants', grants(`'S'::"char"`, 'pg_foreign_server.srvowner')),
    srvoptions: compared('options', asIs),
  },
}

/** User mappings. Their options hold passwords, so that only a digest of them is told. */
export const userMappings: ObjectDeclaration = {
  table: 'pg_user_mapping',
  class: `'user mapping'`,
  identity: `${role('pg_user_mapping.umuser')} || ' on ' || ${server('pg_user_mapping.umserver')}`,
  parent: `'server ' || ${server('pg_user_mapping.umserver')}`,
  address: { catalog: 'pg_user_mapping', oid: 'pg_user_mapping.oid' },
  substitute: {
    from: '(SELECT umid AS oid, umuser, srvid AS umserver, umoptions FROM pg_user_mappings)',
    unreadable: ['umoptions'],
  },
  columns: {
    oid: rowOid,
    umuser: inIdentity,
    umserver: inIdentity,
    umoptions: compared('digest of the options', hashed),
  },
}
