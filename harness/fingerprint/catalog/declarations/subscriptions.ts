import { compared, ignored, inIdentity, type ObjectDeclaration, rowOid } from '../declaration.ts'
import { asIs, database, hashed, role, words } from '../names.ts'

/** Subscriptions of all databases. The connection string may hold a password, so that only a digest of it is told. */
export const subscriptions: ObjectDeclaration = {
  table: 'pg_subscription',
  class: `'subscription'`,
  identity: `${database('pg_subscription.subdbid')} || '.' || quote_ident(pg_subscription.subname)`,
  address: { catalog: 'pg_subscription', oid: 'pg_subscription.oid' },
  withSystem: true,
  columns: {
    oid: rowOid,
    subdbid: inIdentity,
    subskiplsn: ignored('is how far the replication has come'),
    subname: inIdentity,
    subowner: compared('owner', role),
    subenabled: compared('enabled', asIs),
    subbinary: compared('binary', asIs),
    substream: compared('streaming', asIs),
    subtwophasestate: compared('two-phase', words({ d: 'disabled', p: 'pending', e: 'enabled' })),
    subdisableonerr: compared('disabled on error', asIs),
    subpasswordrequired: compared('password required', asIs),
    subrunasowner: compared('runs as owner', asIs),
    subfailover: compared('failover', asIs),
    subconninfo: compared('digest of the connection', hashed),
    subslotname: compared('slot', asIs),
    subsynccommit: compared('synchronous commit', asIs),
    subpublications: compared('publications', asIs),
    suborigin: compared('origin', asIs),
  },
}

/** Replication origins, without those that subscriptions make: their names are OIDs. */
export const replicationOrigins: ObjectDeclaration = {
  table: 'pg_replication_origin',
  class: `'replication origin'`,
  identity: 'quote_ident(pg_replication_origin.roname)',
  where: `pg_replication_origin.roname !~ '^pg_[0-9]+(_[0-9]+)?$'`,
  withSystem: true,
  columns: { roident: ignored('identifies the row in this cluster only'), roname: inIdentity },
}
