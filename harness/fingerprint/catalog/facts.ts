import type { Row, Session } from '../../postgres/session.ts'
import { firstNormalOid } from './generate-query.ts'

/** Attributes that one catalog tells of objects of every kind: by the object's address, then by name. */
export type Facts = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>

/** Catalogs whose objects with OIDs of initdb's range are declared as well: their facts are read whole. */
const withSystemRows = `('pg_catalog.pg_namespace'::regclass, 'pg_catalog.pg_language'::regclass, 'pg_catalog.pg_extension'::regclass, 'pg_catalog.pg_largeobject'::regclass)`

const select = (
  from: string,
  attribute: string,
  value: string,
  [catalog, oid, column] = ['classoid', 'objoid', 'objsubid'],
): string =>
  `SELECT concat_ws(' ', (SELECT relname FROM pg_class WHERE pg_class.oid = ${catalog}), ${oid}, ${column}) AS address, ${attribute} AS attribute, ${value} AS value
  FROM ${from} WHERE (${oid} >= ${firstNormalOid} OR ${catalog} IN ${withSystemRows})`

const shared = (from: string, attribute: string, value: string): string =>
  `SELECT concat_ws(' ', (SELECT relname FROM pg_class WHERE pg_class.oid = classoid), objoid, 0) AS address, ${attribute} AS attribute, ${value} AS value FROM ${from}`

const databaseFacts = [
  select('pg_description', `'comment'`, 'description'),
  select('pg_seclabel', `'security labels'`, `provider || ': ' || label`),
  select('pg_init_privs', `'initial grants'`, `array_to_string(initprivs, E'\\n')`),
  `${select(
    'pg_depend JOIN pg_extension ON pg_extension.oid = refobjid',
    `CASE deptype WHEN 'e' THEN 'extension' ELSE 'depends on extensions' END`,
    'quote_ident(extname)',
    ['classid', 'objid', 'objsubid'],
  )} AND refclassid = 'pg_extension'::regclass AND deptype IN ('e', 'x')`,
]

const clusterFacts = [
  shared('pg_shdescription', `'comment'`, 'description'),
  shared('pg_shseclabel', `'security labels'`, `provider || ': ' || label`),
  // Subscriptions are shared, but only their own database has their comments.
  `${shared('pg_description', `'comment'`, 'description')} WHERE classoid = 'pg_subscription'::regclass`,
]

export const readDatabaseFacts = (session: Session): Promise<Facts> => readFacts(session, databaseFacts)
export const readClusterFacts = (session: Session): Promise<Facts> => readFacts(session, clusterFacts)

async function readFacts(session: Session, selects: readonly string[]): Promise<Facts> {
  const facts = new Map<string, Map<string, string[]>>()
  for (const row of await session.rows(selects.join('\nUNION ALL\n'))) addFact(facts, row)
  return facts
}

function addFact(facts: Map<string, Map<string, string[]>>, row: Row): void {
  const [address, attribute, value] = [row['address'], row['attribute'], row['value']].map(String) as [
    string,
    string,
    string,
  ]
  const ofObject = facts.get(address) ?? new Map<string, string[]>()
  facts.set(address, ofObject.set(attribute, [...(ofObject.get(attribute) ?? []), value]))
}
