import { hasSqlDetails, parse } from 'libpg-query'
import type { AlteredObject, CatalogDifference } from '../../fingerprint/catalog/compare-catalogs.ts'

/**
 * Leaves out attributes that are only spelt in another way. PostgreSQL prints a definition from its parse tree and
 * parses what a dump has printed into a tree that may print differently: `(a OR b) OR c` becomes `a OR b OR c`.
 */
export async function withoutSpelling(difference: CatalogDifference): Promise<CatalogDifference> {
  const altered: AlteredObject[] = []
  for (const object of difference.altered) {
    const attributes: [string, AlteredObject['attributes'][string]][] = []
    for (const [name, sides] of Object.entries(object.attributes)) {
      const isSame = printed.has(name) && (await isSameDefinition(sides.before, sides.after))
      if (!isSame) attributes.push([name, sides])
    }
    if (attributes.length > 0) altered.push({ ...object, attributes: Object.fromEntries(attributes) })
  }
  return { ...difference, altered }
}

/** Attributes that PostgreSQL prints from a parse tree; any other text is compared literally, comments included. */
const printed = new Set([
  'definition',
  'default',
  'default expression',
  'defaults',
  'using',
  'with check',
  'where',
  'partition key',
])

/** How a definition is made a whole statement: itself, an expression, a constraint, a condition of a rule. */
const frames = [
  (text: string) => text,
  (text: string) => `SELECT ${text}`,
  (text: string) => `ALTER TABLE framed ADD ${text}`,
]

/** Whether two texts are the same SQL, but for the nesting of AND and OR; false where they are no SQL. */
export async function isSameDefinition(first: string | null, second: string | null): Promise<boolean> {
  if (first === null || second === null) return first === second
  for (const frame of frames) {
    const [one, two] = [await parseTree(frame(first)), await parseTree(frame(second))]
    if (one !== undefined && two !== undefined) return one === two
  }
  return false
}

async function parseTree(sql: string): Promise<string | undefined> {
  try {
    const { stmts } = await parse(sql)
    // Without a statement (a blank, a comment) there is nothing that could be the same.
    return stmts === undefined || stmts.length === 0 ? undefined : JSON.stringify(simplify(stmts))
  } catch (error) {
    if (hasSqlDetails(error)) return undefined
    throw error
  }
}

/** Takes positions in the text away, and draws together what is joined by the same AND or OR. */
function simplify(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(simplify)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value)
    .filter(([name]) => !['location', 'stmt_location', 'stmt_len'].includes(name))
    .map(([name, field]) => [name, simplify(field)] as const)
  const simple = Object.fromEntries(fields) as { BoolExpr?: Joined }
  return simple.BoolExpr?.args === undefined ? simple : { BoolExpr: flatten(simple.BoolExpr) }
}

interface Joined {
  readonly boolop?: string
  readonly args?: readonly { readonly BoolExpr?: Joined }[]
}

function flatten({ boolop, args = [] }: Joined): Joined {
  if (boolop === 'NOT_EXPR') return { boolop, args }
  const flat = args.flatMap((arg) => (arg.BoolExpr?.boolop === boolop ? (arg.BoolExpr?.args ?? []) : [arg]))
  return { ...(boolop === undefined ? {} : { boolop }), args: flat }
}
