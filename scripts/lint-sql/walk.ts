/** An object of a parse tree, as libpg-query gives it. */
export type Fields = Readonly<Record<string, unknown>>

export interface Found {
  /** The node's type, or the property under which a node of a fixed type stands. */
  readonly type: string
  readonly fields: Fields
}

/** Every object of a parse tree, from the top down. */
export function* walk(value: unknown, type = ''): Generator<Found> {
  if (Array.isArray(value)) for (const item of value) yield* walk(item, type)
  else if (isFields(value)) {
    yield { type, fields: value }
    for (const [key, child] of Object.entries(value)) yield* walk(child, key)
  }
}

/** All nodes of a type, with their offset where they tell one. */
export function findNodes(root: unknown, ...types: string[]): Fields[] {
  return [...walk(root)].filter(({ type }) => types.includes(type)).map(({ fields }) => fields)
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A field that holds a text, or the empty text. */
export function textOf(fields: Fields, name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

/** The offset that a node tells. libpg-query leaves out what is not known (-1). */
export function locationOf(fields: Fields): number | undefined {
  return typeof fields.location === 'number' && fields.location >= 0 ? fields.location : undefined
}

/** The parts of a dotted name, which is a list of strings in a parse tree. */
export function namesOf(value: unknown): string[] {
  return findNodes(value, 'String').map((fields) => textOf(fields, 'sval'))
}
