import type { Effect } from './schema.ts'

/** Rows of a table that a step inserts, updates, deletes, or writes anew with the same content; 0 where left out. */
export interface DeclaredRows {
  readonly inserted?: number
  readonly updated?: number
  readonly deleted?: number
  readonly rewritten?: number
}

/**
 * What a step changes, as a spec declares it. What is left out must not happen. Columns, indexes, constraints and
 * whatever else comes or goes with its table are covered by the table.
 */
export interface DeclaredEffect {
  /** Table → rows. */
  readonly rows?: Readonly<Record<string, DeclaredRows>>
  /** Class of object (`table`, `view`, `function` …) → how many, or which. */
  readonly created?: Readonly<Record<string, number | readonly string[]>>
  readonly dropped?: Readonly<Record<string, number | readonly string[]>>
  /** Object, as `class identity` → names of its attributes that change. */
  readonly altered?: Readonly<Record<string, readonly string[]>>
  /** Sequence that was there before → how many values it gives out. */
  readonly sequences?: Readonly<Record<string, number>>
  /** Why only a part is declared: what is named must be so, and more may happen. The reports repeat the reason. */
  readonly partial?: string
}

/** Whether nothing at all was changed. */
export function isEmptyEffect({ tables, sequences, objects }: Effect): boolean {
  return (
    Object.keys(tables).length + Object.keys(sequences).length === 0 &&
    objects.created.length + objects.dropped.length + objects.altered.length === 0
  )
}

/** A measured effect as it is declared: by number what may be counted, by name all other objects. */
export function toDeclared({ tables, sequences, objects }: Effect): DeclaredEffect {
  return {
    rows: Object.fromEntries(
      Object.entries(tables).map(([table, { inserted, updated, deleted, rewritten }]) => [
        table,
        withoutZeros({ inserted, updated, deleted, rewritten }),
      ]),
    ),
    created: declareByClass(objects.created),
    dropped: declareByClass(objects.dropped),
    altered: Object.fromEntries(
      objects.altered.map(({ class: kind, identity, attributes }) => [
        `${kind} ${identity}`,
        Object.keys(attributes).sort(),
      ]),
    ),
    sequences: Object.fromEntries(
      Object.entries(sequences).flatMap(([name, { moved }]) => (moved === null ? [] : [[name, moved]])),
    ),
  }
}

/**
 * Classes of objects that stand for themselves: how many of them were made or dropped says enough, beside the names
 * that a declaration may give. All others belong to something, and one that comes or goes by itself is named.
 */
const countedClasses = [
  'table',
  'view',
  'materialized view',
  'function',
  'procedure',
  'type',
  'schema',
  'sequence',
]

/** Whether a declaration may give the number of objects of the class alone. */
export function mayBeCounted(kind: string): boolean {
  return countedClasses.includes(kind)
}

/** Identities of the objects by class, but for what came or went with its parent. */
export function identitiesByClass(objects: Effect['objects']['created']): Record<string, string[]> {
  const identities: Record<string, string[]> = {}
  for (const { class: kind, identity, withParent } of objects) {
    if (!withParent) (identities[kind] ??= []).push(identity)
  }
  return identities
}

function declareByClass(objects: Effect['objects']['created']): Record<string, number | string[]> {
  return Object.fromEntries(
    Object.entries(identitiesByClass(objects)).map(([kind, names]) => [
      kind,
      mayBeCounted(kind) ? names.length : names,
    ]),
  )
}

function withoutZeros(rows: Required<DeclaredRows>): DeclaredRows {
  return Object.fromEntries(Object.entries(rows).filter(([, count]) => count !== 0))
}
