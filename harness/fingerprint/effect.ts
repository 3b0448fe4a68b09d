import { isDeepStrictEqual } from 'node:util'
import type { Effect } from '../evidence/schema.ts'
import { compareCatalogs, type LoneObject } from './catalog/compare-catalogs.ts'
import { rowChangeBetween, sampleKeys, withoutKey } from './content/row-diff.ts'
import { changedRelations, rowDiffOf, hasSameKey, type RowDiffs } from './row-diffs.ts'
import type { Fingerprint } from './fingerprint.ts'
import { countGivenOut, describePosition, type SequencePosition } from './sequences.ts'

/** A state of the clone: its fingerprint, and how its rows differ from entry. */
export interface State {
  readonly fingerprint: Fingerprint
  readonly rowDiffs: RowDiffs
}

/** All that lies between two states of the clone; `after` was read with `before` as the earlier one. */
export function effectBetween(before: State, after: State): Effect {
  const parts = (['catalog', 'cluster', 'system'] as const).map((part) =>
    compareCatalogs(before.fingerprint[part], after.fingerprint[part]),
  )
  return {
    tables: tableEffects(before, after),
    sequences: sequenceEffects(before.fingerprint.sequences, after.fingerprint.sequences),
    objects: {
      created: parts.flatMap(({ created }) => created.map(toReference)),
      dropped: parts.flatMap(({ dropped }) => dropped.map(toReference)),
      altered: parts.flatMap(({ altered }) => altered),
    },
  }
}

function toReference({
  class: kind,
  identity,
  withParent,
}: LoneObject): Effect['objects']['created'][number] {
  return { class: kind, identity, withParent }
}

/** Large objects stand among the tables, under this name, and are rows by their OIDs. */
const largeObjectsName = 'large objects'

/** Rows that were inserted, updated, deleted or written anew, by table. */
export function tableEffects(before: State, after: State): Effect['tables'] {
  const effects: Effect['tables'] = {}
  const changed = new Set(changedRelations(before.fingerprint, after.fingerprint))
  const names = [...new Set([...before.fingerprint.contents.keys(), ...after.fingerprint.contents.keys()])]
  for (const name of names.sort()) {
    const [was, is] = [before.fingerprint.contents.get(name), after.fingerprint.contents.get(name)]
    const none = { inserted: 0, updated: 0, deleted: 0, keys: [] }
    const found = changed.has(name) ? changeOf(name, before, after) : none
    const rows = is === undefined ? { ...none, deleted: was!.rows } : found
    // A row version more than the rows that changed is one that was written for nothing.
    const rewritten = was === undefined ? 0 : Math.max(0, (is?.written ?? 0) - rows.inserted - rows.updated)
    if (rows.inserted + rows.updated + rows.deleted + rewritten > 0) effects[name] = { ...rows, rewritten }
  }
  const objects = largeObjectEffect(before.fingerprint, after.fingerprint)
  if (objects.inserted + objects.updated + objects.deleted + objects.rewritten > 0) {
    effects[largeObjectsName] = objects
  }
  return effects
}

function changeOf(name: string, before: State, after: State): Omit<Effect['tables'][string], 'rewritten'> {
  const was = rowDiffOf(before.rowDiffs, name)
  const isSame = hasSameKey(before.fingerprint, after.fingerprint, name)
  const rows = rowChangeBetween(isSame ? was : withoutKey(was), rowDiffOf(after.rowDiffs, name))
  const [inserted, updated, deleted] = [rows.onlySecond.length, rows.changed.length, rows.onlyFirst.length]
  return { inserted, updated, deleted, keys: sampleKeys(rows) }
}

function sequenceEffects(
  before: ReadonlyMap<string, SequencePosition>,
  after: ReadonlyMap<string, SequencePosition>,
): Effect['sequences'] {
  const effects: Effect['sequences'] = {}
  for (const name of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [was, is] = [before.get(name), after.get(name)]
    const [first, second] = [was && describePosition(was), is && describePosition(is)]
    if (first === second) continue
    const moved = was && is ? countGivenOut(was, is) : null
    effects[name] = { before: first ?? null, after: second ?? null, moved }
  }
  return effects
}

function largeObjectEffect(before: Fingerprint, after: Fingerprint): Effect['tables'][string] {
  const [was, is] = [before.largeObjects, after.largeObjects]
  const keys = [...new Set([...was.keys(), ...is.keys()])].filter(
    (key) => !isDeepStrictEqual(was.get(key), is.get(key)),
  )
  return {
    inserted: keys.filter((key) => !was.has(key)).length,
    updated: keys.filter((key) => was.has(key) && is.has(key)).length,
    deleted: keys.filter((key) => !is.has(key)).length,
    rewritten: [...after.writtenLargeObjects].filter((key) => isDeepStrictEqual(was.get(key), is.get(key)))
      .length,
    keys: keys.slice(0, 5),
  }
}
