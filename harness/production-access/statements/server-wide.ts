import { hasSqlDetails, parseSync } from 'libpg-query'

type Node = Readonly<Record<string, unknown>>

/** What a text does beyond the database in which it is sent. */
export interface ServerWide {
  /** Databases that it makes, changes, drops or copies, by name. */
  readonly databases: readonly string[]
  /** Statements of it that change what belongs to the whole server, in words; or why that cannot be determined. */
  readonly whole: readonly string[]
}

/** Kinds of statements that change the server as a whole, whatever they name. */
const serverStatements = new Set([
  'CreateRoleStmt',
  'AlterRoleStmt',
  'DropRoleStmt',
  'GrantRoleStmt',
  'ReassignOwnedStmt',
  'DropOwnedStmt',
  'AlterSystemStmt',
  'CreateTableSpaceStmt',
  'DropTableSpaceStmt',
  'AlterTableSpaceOptionsStmt',
  'LoadStmt',
  'CheckPointStmt',
])
/** Of statements that name an object with its kind, the kinds that belong to the server. */
const serverObjects = new Set(['OBJECT_ROLE', 'OBJECT_TABLESPACE', 'OBJECT_PARAMETER_ACL'])

/**
 * Reads by its parse tree what a text does beyond its database: `loadModule` of libpg-query must have been awaited. A
 * text that cannot be parsed counts as one for the whole server.
 */
export function findServerWide(text: string): ServerWide {
  const found: { databases: string[]; whole: string[] } = { databases: [], whole: [] }
  let statements: readonly { readonly stmt?: unknown }[]
  try {
    statements = parseSync(text).stmts ?? []
  } catch (error) {
    if (!hasSqlDetails(error)) throw error
    return { databases: [], whole: [`cannot be parsed: ${error.message}`] }
  }
  for (const { stmt } of statements) {
    const [type, node] = Object.entries(stmt as Node)[0] as [string, Node]
    const kind = String(node['objtype'] ?? node['objectType'] ?? node['renameType'])
    if (serverStatements.has(type) || serverObjects.has(kind)) found.whole.push(`is ${type}`)
    else if (type === 'AlterRoleSetStmt') {
      const { database } = node
      if (typeof database === 'string') found.databases.push(database)
      else found.whole.push('sets a role’s settings for every database')
    } else if (type.includes('atabase') || type === 'CreatedbStmt' || type === 'DropdbStmt')
      found.databases.push(String(node['dbname']), ...templatesOf(node))
    else if (kind === 'OBJECT_DATABASE') found.databases.push(...namesOf(node))
  }
  return found
}

interface Text {
  readonly String?: { readonly sval?: string }
}

/** The databases that a statement names by their kind: RENAME, OWNER TO, COMMENT, SECURITY LABEL, GRANT. */
function namesOf({ subname, newname, object, objects }: Node): string[] {
  const named = [object, ...((objects ?? []) as Text[])].map((one) => (one as Text | undefined)?.String?.sval)
  return [subname, newname, ...named].filter((name) => name !== undefined).map(String)
}

/** The template of CREATE DATABASE, but for the one that is empty. */
function templatesOf({ options }: Node): string[] {
  const all = (options ?? []) as readonly {
    readonly DefElem?: { readonly defname?: string; readonly arg?: Text }
  }[]
  return all
    .filter(({ DefElem }) => DefElem?.defname === 'template')
    .map(({ DefElem }) => DefElem?.arg?.String?.sval ?? '')
    .filter((name) => name !== 'template0')
}
