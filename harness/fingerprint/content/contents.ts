import type { Session } from '../../postgres/session.ts'
import { writtenSince, type Horizon } from './horizon.ts'
import { addSums, hashPart } from './digest.ts'
import { partsOf, type Part } from './parts.ts'
import type { DataRelation } from './relations.ts'
import { shareOut, type Task } from './share-out.ts'
import { addCounts, countVersions } from './row-versions.ts'

/** The content of one relation, as it was read. */
export interface Content {
  readonly rows: number
  /**
   * `rows/sum/sum`: two exact sums of independent 64-bit hashes of each row. It does not depend on the order of rows,
   * and a row cannot cancel another: with uniform hashes, two different contents agree with a chance of 2^-128. The
   * hashes are not cryptographic: they guard against mistakes, not against somebody who computes collisions.
   */
  readonly digest: string
  readonly layout: string
  /** Row versions that the earlier reading could not see; null without one. */
  readonly written: number | null
  /** Hashed again, or taken over: no row version younger than the earlier reading, none gone. */
  readonly isHashed: boolean
}

/** An earlier reading of the same database, or of a physical copy of it within the same cluster. */
export interface Earlier {
  readonly horizon: Horizon
  readonly contents: ReadonlyMap<string, Content>
}

/** What relations are read by. */
export interface ContentReading {
  /** Read side by side, each from when it is free. All see one snapshot. */
  readonly sessions: readonly Promise<Session>[]
  readonly now: Horizon
  readonly earlier?: Earlier | undefined
}

/**
 * Reads relations, by their identities. With an earlier reading, one is hashed only where its row versions say that it
 * may have changed: a row changes by a new version or by going, never in place (PostgreSQL manual, "System Columns").
 */
export async function readContents(
  relations: readonly DataRelation[],
  reading: ContentReading,
): Promise<Map<string, Content>> {
  const { sessions, now, earlier } = reading
  const condition = earlier && writtenSince(earlier.horizon, now)
  const known = relations.filter(({ identity }) => earlier?.contents.has(identity))
  const versions =
    condition === undefined ? [] : await readParts(known, (part) => countVersions(part, condition), sessions)
  const written = new Map(versions.map((counts, index) => [known[index]!.identity, addCounts(counts)]))
  const takenOver = new Map<string, Content>()
  for (const { identity, layout, isDerived } of known) {
    const [was, count] = [earlier!.contents.get(identity)!, written.get(identity)]
    const isSame = was.layout === layout && !isDerived && count?.written === 0 && count.rows === was.rows
    if (isSame) takenOver.set(identity, { ...was, written: 0, isHashed: false })
  }
  const changed = relations.filter(({ identity }) => !takenOver.has(identity))
  const sums = (await readParts(changed, hashPart, sessions)).map(addSums)
  const hashed = new Map(
    changed.map(({ identity, layout }, index): [string, Content] => {
      const { rows, first, second } = sums[index]!
      const digest = `${rows}/${first}/${second}`
      const count = written.get(identity)?.written ?? null
      return [identity, { rows, digest, layout, written: count, isHashed: true }]
    }),
  )
  return new Map(
    relations.map(({ identity }) => [identity, (takenOver.get(identity) ?? hashed.get(identity))!]),
  )
}

/** What was read of a part of each relation, its parts shared out among the sessions. */
async function readParts<T>(
  relations: readonly DataRelation[],
  read: (part: Part) => Task<T>,
  sessions: readonly Promise<Session>[],
): Promise<T[][]> {
  const parts = relations.map(partsOf)
  // The largest first, so that the sessions end at about the same time.
  const queue = parts.flat().toSorted((a, b) => b.blocks - a.blocks)
  const results = await shareOut(queue.map(read), sessions)
  const byPart = new Map(queue.map((part, index) => [part, results[index]!]))
  return parts.map((own) => own.map((part) => byPart.get(part)!))
}
