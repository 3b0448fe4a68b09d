import type { Catalog, CatalogObject } from '../../fingerprint/catalog/catalog-object.ts'
import { compareCatalogs } from '../../fingerprint/catalog/compare-catalogs.ts'
import type { IdentityParts } from '../../fingerprint/catalog/identity-parts.ts'
import { quoteIdentifier, quoteLiteral, type Session } from '../../postgres/session.ts'
import { roleAttributes, writeAttribute } from '../../postgres/role-attributes.ts'
import { parameterTarget, writeGrants } from './grants.ts'
import { readList } from './roles.ts'
import { writeSetting } from './settings.ts'

/** An object that is not as it was; null where it was or is not there. */
interface Changed {
  readonly kind: string
  readonly identity: string
  readonly was: CatalogObject | null
  readonly is: CatalogObject | null
}

/**
 * Statements, each to be run by itself by a superuser, that bring a cluster back from what it is to what it was, as far
 * as statements can: roles, memberships, settings, rights on parameters, and what ALTER SYSTEM set.
 */
export async function writeSetBack(session: Session, was: Catalog, is: Catalog): Promise<string[]> {
  const changed = findChanged(was, is)
  const taken: string[] = []
  const given: string[] = []
  for (const change of changed) {
    if (change.is !== null) taken.push(...(await takeBack(session, change.is)))
    if (change.was !== null) given.push(...(await giveBack(session, change.was)))
  }
  return [...taken, ...changed.filter(({ kind }) => kind === 'role').flatMap(writeRole), ...given]
}

function findChanged(was: Catalog, is: Catalog): Changed[] {
  const { created, dropped, altered } = compareCatalogs(was, is)
  return [...created, ...dropped, ...altered].map(({ class: kind, identity }) => {
    const key = `${kind} ${identity}`
    return { kind, identity, was: was.get(key) ?? null, is: is.get(key) ?? null }
  })
}

/** Removes the objects. */
async function takeBack(
  session: Session,
  { class: kind, identity, parts = {} }: CatalogObject,
): Promise<string[]> {
  if (kind === 'system setting') return [`ALTER SYSTEM RESET ${identity}`]
  if (kind === 'settings') return [`${settingsTarget(parts)} RESET ALL`]
  if (kind === 'membership') {
    const [role, member, grantor] = [parts.role!, parts.member!, parts.grantor!].map(quoteIdentifier)
    return [`REVOKE ${role} FROM ${member} GRANTED BY ${grantor} CASCADE`]
  }
  if (kind === 'parameter') {
    // Where the owner alone holds rights, the catalog has no object.
    const target = parameterTarget(parts.name!)
    const owner = quoteIdentifier(await readParameterOwner(session))
    const holders = (parts.rights ?? []).map(({ grantee }) =>
      grantee == null ? 'PUBLIC' : quoteIdentifier(String(grantee)),
    )
    return [
      `GRANT ALL ON ${target} TO ${owner}`,
      ...[...new Set(holders)]
        .filter((holder) => holder !== owner)
        .map((holder) => `REVOKE ALL ON ${target} FROM ${holder} CASCADE`),
    ]
  }
  return []
}

/** Gives what was there before. */
async function giveBack(
  session: Session,
  { class: kind, identity, attributes, parts = {} }: CatalogObject,
): Promise<string[]> {
  if (kind === 'system setting' && attributes['value'] != null)
    return [`ALTER SYSTEM ${writeSetting(`${identity}=${attributes['value']}`)}`]
  if (kind === 'settings') {
    const settings = await session.rows(
      `SELECT array_to_json(${quoteLiteral(attributes['settings'] ?? '{}')}::text[])::text AS list`,
    )
    return readList(settings[0]?.['list']).map(
      (setting) => `${settingsTarget(parts)} ${writeSetting(setting)}`,
    )
  }
  if (kind === 'membership') {
    const [role, member, grantor] = [parts.role!, parts.member!, parts.grantor!].map(quoteIdentifier)
    const options = [
      ...(attributes['admin'] === 'true' ? ['ADMIN OPTION'] : []),
      ...(attributes['set'] == null ? [] : [`INHERIT ${attributes['inherit']}`, `SET ${attributes['set']}`]),
    ]
    const suffix = options.length === 0 ? '' : ` WITH ${options.join(', ')}`
    return [`GRANT ${role} TO ${member}${suffix} GRANTED BY ${grantor}`]
  }
  if (kind === 'parameter') {
    const owner = await readParameterOwner(session)
    return writeGrants({ target: parameterTarget(parts.name!), owner, rights: parts.rights ?? [] })
  }
  return []
}

function settingsTarget({ role, database }: IdentityParts): string {
  if (database == null) return `ALTER ROLE ${role == null ? 'ALL' : quoteIdentifier(role)}`
  const place = `DATABASE ${quoteIdentifier(database)}`
  return role == null ? `ALTER ${place}` : `ALTER ROLE ${quoteIdentifier(role)} IN ${place}`
}

/** The bootstrap superuser, who owns every parameter. */
async function readParameterOwner(session: Session): Promise<string> {
  const [row] = await session.rows('SELECT pg_get_userbyid(10) AS owner')
  return String(row?.['owner'])
}

/** A new role is dropped, a dropped one is created again without a password, and any other is restored. */
function writeRole({ identity, was: before, is: after }: Changed): string[] {
  if (before === null) return [`DROP ROLE ${identity}`]
  const [was, is] = [before.attributes, after?.attributes]
  const differs = (attribute: string) => (was[attribute] ?? null) !== (is?.[attribute] ?? null)
  const options = roleAttributes
    .filter(([, name]) => differs(name))
    .flatMap((attribute) => writeAttribute(attribute, was[attribute[1]] ?? null))
  if (was['has a password'] === 'false' && is?.['has a password'] === 'true') options.push('PASSWORD NULL')
  const comment = was['comment'] ?? null
  return [
    ...(is === undefined ? [`CREATE ROLE ${identity}`] : []),
    ...(options.length === 0 ? [] : [`ALTER ROLE ${identity} ${options.join(' ')}`]),
    ...(differs('comment')
      ? [`COMMENT ON ROLE ${identity} IS ${comment === null ? 'NULL' : quoteLiteral(comment)}`]
      : []),
  ]
}
