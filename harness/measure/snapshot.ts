import { isDeepStrictEqual } from 'node:util'
import type { Measures } from '../config/measures.ts'
import type { DatabaseObject, Figures, Step } from '../evidence/schema.ts'
import type { Session } from '../postgres/session.ts'
import { readDigests } from './content.ts'
import { readViews, type ViewReading } from './contradictions.ts'
import { countRows, readObjects, readRowRelations, readSequences } from './read-catalog.ts'
import { takeFigures, type Place } from './take-figures.ts'

/** What the harness read of one database at one moment. */
export interface Snapshot extends ViewReading {
  readonly figures: Figures
  readonly rows: Readonly<Record<string, number>>
  /** Table → digest of its content. */
  readonly digests: Readonly<Record<string, string>>
  readonly sequences: Readonly<Record<string, string>>
  readonly objects: readonly DatabaseObject[]
}

/**
 * Reads measures, row counts, contents, sequences and objects in one read-only REPEATABLE READ transaction. A name
 * without a schema is of `public`, whatever search_path the database or the role has.
 */
export async function takeSnapshot(session: Session, measures: Measures, place: Place): Promise<Snapshot> {
  // A tier that left a transaction open, with its locks, must not keep us waiting for ever.
  await session.rows(`
    BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
    SET LOCAL lock_timeout = 30000; SET LOCAL search_path = public`)
  try {
    const figures = await takeFigures(session, measures, place)
    const relations = await readRowRelations(session)
    return {
      figures,
      rows: await countRows(session, relations),
      digests: await readDigests(session, relations),
      sequences: await readSequences(session),
      objects: await readObjects(session),
      ...(await readViews(session, measures, figures)),
    }
  } finally {
    await session.rows('ROLLBACK')
  }
}

export type Change = Pick<Step, 'before' | 'after' | 'rows' | 'rewritten' | 'sequences' | 'objects'>

/** What lies between two snapshots of a database, in the form in which evidence holds it. */
export function compareSnapshots(before: Snapshot, after: Snapshot): Change {
  return {
    before: before.figures,
    after: after.figures,
    rows: differences(before.rows, after.rows),
    rewritten: changedContent(before, after).filter((table) => before.rows[table] === after.rows[table]),
    sequences: differences(before.sequences, after.sequences),
    objects: {
      created: objectsMissing(after.objects, before.objects),
      dropped: objectsMissing(before.objects, after.objects),
    },
  }
}

/** Names whose value is not the same on both sides; `null` stands for a side that lacks the name. */
export function differences<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): Record<string, { before: T | null; after: T | null }> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return Object.fromEntries(
    names
      .map((name) => [name, { before: before[name] ?? null, after: after[name] ?? null }] as const)
      .filter(([, sides]) => !isDeepStrictEqual(sides.before, sides.after)),
  )
}

/** Tables of both snapshots whose content differs. */
export function changedContent(before: Snapshot, after: Snapshot): string[] {
  return Object.keys(before.digests).filter(
    (table) => after.digests[table] !== undefined && after.digests[table] !== before.digests[table],
  )
}

function objectsMissing(from: readonly DatabaseObject[], among: readonly DatabaseObject[]): DatabaseObject[] {
  const known = new Set(among.map(({ class: kind, identity }) => `${kind} ${identity}`))
  return from.filter(({ class: kind, identity }) => !known.has(`${kind} ${identity}`))
}
