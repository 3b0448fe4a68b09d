import { type Row, type Session, quoteLiteral } from '../../postgres/session.ts'
import type { Facts } from './facts.ts'

/** Of subscriptions the cluster tells. */
const elsewhere = /^pg_subscription /

/** What somebody can give to an object that is not among those that are read, such as a system column or a view's rule. */
const given = ['comment', 'security labels']

/**
 * The objects that have such a fact and are not among `rows`, in the form of these, by the name that the server gives
 * them (pg_identify_object).
 */
export async function readBare(session: Session, facts: Facts, rows: readonly Row[]): Promise<Row[]> {
  const known = new Set(rows.map(({ address }) => String(address)))
  const bare = [...facts]
    .filter(([address]) => !known.has(address) && !elsewhere.test(address))
    .filter(([, told]) => given.some((attribute) => told.has(attribute)))
    .map(([address]) => address)
  if (bare.length === 0) return []
  const addresses = bare.map((address) => {
    const [catalog, oid, column] = address.split(' ')
    return `(${quoteLiteral(address)}, ${quoteLiteral(`pg_catalog.${catalog}`)}::regclass, ${Number(oid)}::oid, ${Number(column)})`
  })
  return session.rows(`
    SELECT address, 'other object' AS class, object.type || ' ' || object.identity AS identity,
      NULL AS parent, '{}' AS attributes
    FROM (VALUES ${addresses.join(', ')}) AS bare (address, catalog, oid, part),
      pg_identify_object(catalog, oid, part) AS object
    WHERE object.identity IS NOT NULL`)
}
