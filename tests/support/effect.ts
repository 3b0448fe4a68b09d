import type { Effect } from '../../harness/evidence/schema.ts'

/** An effect for tests, of what is named only: rows by table, objects by class. */
export function makeEffect(
  parts: {
    readonly rows?: Readonly<Record<string, Partial<Effect['tables'][string]>>>
    readonly created?: readonly (readonly [kind: string, identity: string])[]
    readonly dropped?: readonly (readonly [kind: string, identity: string])[]
    readonly altered?: Effect['objects']['altered']
    readonly sequences?: Effect['sequences']
  } = {},
): Effect {
  const { rows = {}, created = [], dropped = [], altered = [], sequences = {} } = parts
  const none = { inserted: 0, updated: 0, deleted: 0, rewritten: 0, keys: [] }
  const objects = (pairs: typeof created) =>
    pairs.map(([kind, identity]) => ({ class: kind, identity, withParent: false }))
  return {
    tables: Object.fromEntries(Object.entries(rows).map(([name, table]) => [name, { ...none, ...table }])),
    sequences,
    objects: { created: objects(created), dropped: objects(dropped), altered },
  }
}
