import type { Catalog } from '../../fingerprint/catalog/catalog.ts'
import { compareCatalogs } from '../../fingerprint/catalog/compare-catalogs.ts'
import { quoteIdentifier, quoteLiteral, type Row, type Session } from '../../postgres/session.ts'
import { roleAttributes, writeAttribute } from '../../postgres/role-attributes.ts'
import { parameterTarget, writeGrants } from './grants.ts'
import { readMembership, readSettingsOwner, unquote } from './identities.ts'
import { readList } from './roles.ts'
import { writeSetting } from './settings.ts'

type Attributes = Readonly<Record<string, string | null>>

/** An object that is not as it was; null where it was or is not there. */
interface Changed {
  readonly kind: string
  readonly identity: string
  readonly was: Attributes | null
  readonly is: Attributes | null
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
    if (change.is !== null) taken.push(...(await takeBack(session, change)))
    if (change.was !== null) given.push(...(await giveBack(session, change, change.was)))
  }
  return [...taken, ...changed.filter(({ kind }) => kind === 'role').flatMap(writeRole), ...given]
}

function findChanged(was: Catalog, is: Catalog): Changed[] {
  const { created, dropped, altered } = compareCatalogs(was, is)
  return [...created, ...dropped, ...altered].map(({ class: kind, identity }) => {
    const key = `${kind} ${identity}`
    return {
      kind,
      identity,
      was: was.get(key)?.attributes ?? null,
      is: is.get(key)?.attributes ?? null,
    }
  })
}

/** Takes away what is there. */
async function takeBack(session: Session, { kind, identity, is }: Changed): Promise<string[]> {
  if (kind === 'system setting') return [`ALTER SYSTEM RESET ${identity}`]
  if (kind === 'settings') return [`${settingsTarget(identity)} RESET ALL`]
  if (kind === 'membership') {
    const { member, role, grantor } = readMembership(identity)
    return [`REVOKE ${role} FROM ${member} GRANTED BY ${grantor} CASCADE`]
  }
  if (kind === 'parameter') {
    // Where the owner alone holds rights, there is nothing to tell, and the object goes.
    const target = parameterTarget(unquote(identity))
    const owner = quoteIdentifier(await readParameterOwner(session))
    const holders = readRights(is!).map(({ grantee }) =>
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
async function giveBack(session: Session, { kind, identity }: Changed, was: Attributes): Promise<string[]> {
  if (kind === 'system setting' && was['value'] != null)
    return [`ALTER SYSTEM ${writeSetting(`${identity}=${was['value']}`)}`]
  if (kind === 'settings') {
    const settings = await session.rows(
      `SELECT array_to_json(${quoteLiteral(was['settings'] ?? '{}')}::text[])::text AS list`,
    )
    return readList(settings[0]?.['list']).map(
      (setting) => `${settingsTarget(identity)} ${writeSetting(setting)}`,
    )
  }
  if (kind === 'membership') {
    const { member, role, grantor } = readMembership(identity)
    const options = [
      ...(was['admin'] === 'true' ? ['ADMIN OPTION'] : []),
      ...(was['set'] == null ? [] : [`INHERIT ${was['inherit']}`, `SET ${was['set']}`]),
    ]
    const suffix = options.length === 0 ? '' : ` WITH ${options.join(', ')}`
    return [`GRANT ${role} TO ${member}${suffix} GRANTED BY ${grantor}`]
  }
  if (kind === 'parameter') {
    const [owner, rights] = [await readParameterOwner(session), readRights(was)]
    return writeGrants({ target: parameterTarget(unquote(identity)), owner, rights })
  }
  return []
}

function settingsTarget(identity: string): string {
  const { role, database } = readSettingsOwner(identity)
  if (database === undefined) return `ALTER ROLE ${role ?? 'ALL'}`
  return role === undefined ? `ALTER DATABASE ${database}` : `ALTER ROLE ${role} IN DATABASE ${database}`
}

/** The bootstrap superuser, who owns every parameter. */
async function readParameterOwner(session: Session): Promise<string> {
  const [row] = await session.rows('SELECT pg_get_userbyid(10) AS owner')
  return String(row?.['owner'])
}

const grantItem = /("(?:[^"]|"")*"|[^=",/ ]*)=([sA*]+)\/("(?:[^"]|"")*"|[^", ]+)(?:, |$)/g
const privileges: Readonly<Record<string, string>> = { s: 'SET', A: 'ALTER SYSTEM' }

/** Rights on a parameter, as the catalog tells them; who holds them need not be there any more. */
function readRights({ grants }: Attributes): Row[] {
  return [...(grants ?? '').matchAll(grantItem)].flatMap(([, grantee = '', letters = '', grantor = '']) =>
    [...letters.matchAll(/([sA])(\*?)/g)].map(([, letter, option]) => ({
      grantee: grantee === '' ? null : unquote(grantee),
      grantor: unquote(grantor),
      privilege: privileges[letter!]!,
      grantable: option === '*',
    })),
  )
}

/** A role that was not there goes, one that is gone comes again, without a password; any other is as it was. */
function writeRole({ identity, was, is }: Changed): string[] {
  if (was === null) return [`DROP ROLE ${identity}`]
  const differs = (attribute: string) => (was[attribute] ?? null) !== (is?.[attribute] ?? null)
  const options = roleAttributes
    .filter(({ name }) => differs(name))
    .flatMap((attribute) => writeAttribute(attribute, was[attribute.name] ?? null))
  if (was['has a password'] === 'false' && is?.['has a password'] === 'true') options.push('PASSWORD NULL')
  const comment = was['comment'] ?? null
  return [
    ...(is === null ? [`CREATE ROLE ${identity}`] : []),
    ...(options.length === 0 ? [] : [`ALTER ROLE ${identity} ${options.join(' ')}`]),
    ...(differs('comment')
      ? [`COMMENT ON ROLE ${identity} IS ${comment === null ? 'NULL' : quoteLiteral(comment)}`]
      : []),
  ]
}
