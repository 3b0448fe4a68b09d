/** An attribute of an object, as it is in a database and in its blanked restore. */
interface SealedAttribute {
  readonly class: string
  readonly attribute: string
  readonly before: string | null
  readonly after: string | null
}

/**
 * True of a difference that blanking makes: options taken away, of a foreign table only those of files and programs.
 */
export function isBlanked({ class: kind, attribute, before, after }: SealedAttribute): boolean {
  if (kind === 'server') return attribute === 'options' && after === null
  if (kind !== 'foreign table' || attribute !== 'foreign options') return false
  const kept = readOptions(before).filter((option) => !/^(filename|program)=/.test(option))
  return kept.length < readOptions(before).length && isSameSet(kept, readOptions(after))
}

/** True of options that differ only in their order: pg_dump sorts them by name, and the order has no meaning. */
export function isReordered({ attribute, before, after }: SealedAttribute): boolean {
  if (attribute !== 'options' && attribute !== 'foreign options') return false
  return before !== null && after !== null && isSameSet(readOptions(before), readOptions(after))
}

/** The items of a text array as PostgreSQL writes it; what is in quotes keeps them. */
function readOptions(array: string | null): string[] {
  const items = (array ?? '{}').slice(1, -1).match(/"(?:[^"\\]|\\.)*"|[^,]+/gs) ?? []
  return items.map((item) => (item.startsWith('"') ? item.slice(1, -1) : item))
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort())
}
