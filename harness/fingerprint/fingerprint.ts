import { pinnedSettings } from '../postgres/pinned-settings.ts'
import type { Catalog } from './catalog/catalog-object.ts'
import { readClusterCatalog } from './catalog/catalog.ts'
import { readContents, type Content } from './content/contents.ts'
import { readHorizon, writtenSince, type Horizon } from './content/horizon.ts'
import { readDataRelations, type DataRelation } from './content/relations.ts'
import { readDefinitions, type Definitions } from './definitions.ts'
import { findWrittenLargeObjects, readLargeObjects, type LargeObject } from './large-objects.ts'
import type { Readers } from './readers.ts'
import { readSequences, type SequencePosition } from './sequences.ts'

/** All that a database is: content and definitions, told apart by name. */
export interface Fingerprint extends Definitions {
  readonly relations: ReadonlyMap<string, DataRelation>
  readonly contents: ReadonlyMap<string, Content>
  readonly sequences: ReadonlyMap<string, SequencePosition>
  readonly largeObjects: ReadonlyMap<string, LargeObject>
  /** OIDs of large objects that were written since the earlier reading. */
  readonly writtenLargeObjects: ReadonlySet<string>
  /** Objects of the whole cluster: roles, settings, databases … */
  readonly cluster: Catalog
  readonly horizon: Horizon
}

export interface FingerprintSettings {
  /** Of the database, or of what it is a physical copy of: what was not written since is taken over from there. */
  readonly earlier?: Fingerprint | undefined
  /** What the leader is busy with before it reads content. */
  readonly leaderWork?: Promise<unknown>
  /** Transactions that were open in the database just before, where its server is shared. */
  readonly openBefore?: readonly string[] | undefined
}

/** Reads the whole database through sessions that share one snapshot. */
export async function readFingerprint(
  { leader, follower, administrator }: Readers,
  { earlier, leaderWork, openBefore }: FingerprintSettings = {},
): Promise<Fingerprint> {
  await follower.rows(pinnedSettings)
  const horizon = await readHorizon(follower, openBefore)
  const relations = await readDataRelations(follower)
  const written = earlier && writtenSince(earlier.horizon, horizon)
  const readRest = async () => ({
    ...(await readDefinitions(administrator, horizon, earlier)),
    cluster: await readClusterCatalog(administrator),
    largeObjects: await readLargeObjects(administrator),
    writtenLargeObjects: await findWrittenLargeObjects(administrator, written),
    sequences: await readSequences(administrator),
  })
  const rest = readRest()
  const sessions = [
    (administrator === follower ? rest : Promise.resolve()).then(() => follower),
    (leaderWork ?? Promise.resolve()).then(() => leader.rows(pinnedSettings)).then(() => leader),
  ]
  const [read, contents] = await Promise.all([
    rest,
    readContents(relations, { sessions, now: horizon, earlier }),
    ...sessions,
  ])
  return {
    relations: new Map(relations.map((relation) => [relation.identity, relation])),
    contents,
    horizon,
    ...read,
  }
}
