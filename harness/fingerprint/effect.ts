import { compareCatalogs, type CatalogDifference } from './catalog/compare-catalogs.ts'
import { changeBetween, withoutKey } from './content/row-diff.ts'
import { changedRelations, rowDiffOf, hasSameKey, type RowDiffs } from './row-diffs.ts'
import type { Fingerprint } from './fingerprint.ts'
import { countGivenOut, describePosition, type SequencePosition } from './sequences.ts'

/** Rows of one table. */
export interface TableEffect {
  readonly inserted: number
  readonly updated: number
  readonly deleted: number
  /** Written anew with the same content, such as `UPDATE … SET v = v`: no digest shows it, yet triggers fired. */
  readonly rewritten: number
  /** Keys of a few rows that changed. */
  readonly keys: readonly string[]
}

export interface SequenceEffect {
  readonly before: string | null
  readonly after: string | null
  /** Values given out; negative where it was set back, null where it was made or dropped. */
  readonly moved: number | null
}

/** All that lies between two states of a database. */
export interface Effect {
  readonly tables: Readonly<Record<string, TableEffect>>
  readonly sequences: Readonly<Record<string, SequenceEffect>>
  readonly objects: CatalogDifference
}

/** A state of the clone: its fingerprint, and how its rows differ from entry. */
export interface State {
  readonly fingerprint: Fingerprint
  readonly deltas: RowDiffs
}

/** Tells what lies between two states of the clone; `after` was read with `before` as the earlier one. */
export function effectBetween(before: State, after: State): Effect {
  return {
    tables: tableEffects(before, after),
    sequences: sequenceEffects(before.fingerprint.sequences, after.fingerprint.sequences),
    objects: joinDifferences(
      compareCatalogs(before.fingerprint.catalog, after.fingerprint.catalog),
      compareCatalogs(before.fingerprint.cluster, after.fingerprint.cluster),
      compareCatalogs(before.fingerprint.system, after.fingerprint.system),
    ),
  }
}

/** Large objects stand among the tables, under this name, and are rows by their OIDs. */
const largeObjectsName = 'large objects'

function tableEffects(before: State, after: State): Record<string, TableEffect> {
  const effects: Record<string, TableEffect> = {}
  const changed = new Set(changedRelations(before.fingerprint, after.fingerprint))
  const names = [...new Set([...before.fingerprint.contents.keys(), ...after.fingerprint.contents.keys()])]
  for (const name of names.sort()) {
    const [was, is] = [before.fingerprint.contents.get(name), after.fingerprint.contents.get(name)]
    const rows =
      is === undefined
        ? { inserted: 0, updated: 0, deleted: was!.rows, keys: [] }
        : changed.has(name)
          ? changeBetween(
              hasSameKey(before.fingerprint, after.fingerprint, name)
                ? rowDiffOf(before.deltas, name)
                : withoutKey(rowDiffOf(before.deltas, name)),
              rowDiffOf(after.deltas, name),
            )
          : { inserted: 0, updated: 0, deleted: 0, keys: [] }
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

function sequenceEffects(
  before: ReadonlyMap<string, SequencePosition>,
  after: ReadonlyMap<string, SequencePosition>,
): Record<string, SequenceEffect> {
  const effects: Record<string, SequenceEffect> = {}
  for (const name of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [was, is] = [before.get(name), after.get(name)]
    const [first, second] = [was && describePosition(was), is && describePosition(is)]
    if (first === second) continue
    const moved = was && is ? countGivenOut(was, is) : null
    effects[name] = { before: first ?? null, after: second ?? null, moved }
  }
  return effects
}

function largeObjectEffect(before: Fingerprint, after: Fingerprint): TableEffect {
  const [was, is] = [before.largeObjects, after.largeObjects]
  const keys = [...new Set([...was.keys(), ...is.keys()])].filter((key) => was.get(key) !== is.get(key))
  return {
    inserted: keys.filter((key) => !was.has(key)).length,
    updated: keys.filter((key) => was.has(key) && is.has(key)).length,
    deleted: keys.filter((key) => !is.has(key)).length,
    rewritten: [...after.writtenLargeObjects].filter((key) => was.get(key) === is.get(key)).length,
    keys: keys.slice(0, 5),
  }
}

function joinDifferences(...differences: readonly CatalogDifference[]): CatalogDifference {
  return {
    created: differences.flatMap(({ created }) => created),
    dropped: differences.flatMap(({ dropped }) => dropped),
    altered: differences.flatMap(({ altered }) => altered),
  }
}
