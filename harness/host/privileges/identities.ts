/** A name as `quote_ident` writes it. */
const name = '(?:"(?:[^"]|"")+"|[^" ]+)'
const membership = new RegExp(`^(${name}) in (${name}) granted by (${name})$`)
const settings = new RegExp(`^(?:all roles|role (${name}))(?: in database (${name}))?$`)
const subscription = /^("(?:[^"]|"")+"|[^".]+)\.(.+)$/

/** Whose membership in which role, and who granted it, from its identity in a catalog; each a quoted name. */
export function readMembership(identity: string): { member: string; role: string; grantor: string } {
  const [, member = '', role = '', grantor = ''] = membership.exec(identity) ?? []
  return { member, role, grantor }
}

/** For which role settings hold (undefined: for all), and in which database (undefined: in all); quoted names. */
export function readSettingsOwner(identity: string): { role?: string; database?: string } {
  const [, role, database] = settings.exec(identity) ?? []
  return { ...(role === undefined ? {} : { role }), ...(database === undefined ? {} : { database }) }
}

/** Whose database a subscription belongs to, and its own name; quoted names. */
export function readSubscription(identity: string): { database: string; subscription: string } {
  const [, database = '', own = ''] = subscription.exec(identity) ?? []
  return { database, subscription: own }
}

/** The name that a quoted one stands for. */
export function unquote(identifier: string): string {
  return identifier.startsWith('"') ? identifier.slice(1, -1).replaceAll('""', '"') : identifier
}
