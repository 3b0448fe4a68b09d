import { compared, ignored, inIdentity, type ObjectDeclaration, rowOid } from '../declaration.ts'
import { asIs, columnsOf, publication, relation, role, schema, subscription, words } from '../names.ts'

const ofPublication = (column: string): string => `'publication ' || ${publication(column)}`

export const publications: ObjectDeclaration = {
  table: 'pg_publication',
  class: `'publication'`,
  identity: publication('pg_publication.oid'),
  address: { catalog: 'pg_publication', oid: 'pg_publication.oid' },
  columns: {
    oid: rowOid,
    pubname: inIdentity,
    pubowner: compared('owner', role),
    puballtables: compared('all tables', asIs),
    pubinsert: compared('insert', asIs),
    pubupdate: compared('update', asIs),
    pubdelete: compared('delete', asIs),
    pubtruncate: compared('truncate', asIs),
    pubviaroot: compared('via partition root', asIs),
    pubgencols: compared('generated columns', words({ n: 'none', s: 'stored' })),
  },
}

export const publishedTables: ObjectDeclaration = {
  table: 'pg_publication_rel',
  class: `'published table'`,
  identity: `${publication('pg_publication_rel.prpubid')} || ': ' || ${relation('pg_publication_rel.prrelid')}`,
  parent: ofPublication('pg_publication_rel.prpubid'),
  address: { catalog: 'pg_publication_rel', oid: 'pg_publication_rel.oid' },
  columns: {
    oid: rowOid,
    prpubid: inIdentity,
    prrelid: inIdentity,
    prqual: compared('where', (tree) => `pg_get_expr(${tree}, pg_publication_rel.prrelid)`),
    prattrs: compared(
      'columns',
      (numbers) =>
        `CASE WHEN ${numbers} IS NOT NULL THEN ${columnsOf('pg_publication_rel.prrelid')(numbers)} END`,
    ),
  },
}

export const publishedSchemas: ObjectDeclaration = {
  table: 'pg_publication_namespace',
  class: `'published schema'`,
  identity: `${publication('pg_publication_namespace.pnpubid')} || ': ' || ${schema('pg_publication_namespace.pnnspid')}`,
  parent: ofPublication('pg_publication_namespace.pnpubid'),
  address: { catalog: 'pg_publication_namespace', oid: 'pg_publication_namespace.oid' },
  columns: { oid: rowOid, pnpubid: inIdentity, pnnspid: inIdentity },
}

const progress = ignored('is how far the replication has come')

export const subscribedTables: ObjectDeclaration = {
  table: 'pg_subscription_rel',
  class: `'subscribed table'`,
  // A database made by TEMPLATE has rows of subscriptions that are not its own.
  where: `EXISTS (SELECT FROM pg_subscription JOIN pg_database ON pg_database.oid = subdbid
    WHERE pg_subscription.oid = pg_subscription_rel.srsubid AND datname = current_database())`,
  identity: `${subscription('pg_subscription_rel.srsubid')} || ': ' || ${relation('pg_subscription_rel.srrelid')}`,
  withSystem: true,
  columns: { srsubid: inIdentity, srrelid: inIdentity, srsubstate: progress, srsublsn: progress },
}
