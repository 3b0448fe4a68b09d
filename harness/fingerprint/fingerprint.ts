import type { Session } from '../postgres/session.ts'
import { readCatalog, readClusterCatalog, type Catalog } from './catalog/catalog.ts'
import { readSystemObjects } from './catalog/system-objects.ts'
import { readContent, type Content } from './content/digest.ts'
import { readHorizon, type Horizon } from './content/horizon.ts'
import { pinnedSettings } from './content/image.ts'
import { readDataRelations, type DataRelation } from './content/relations.ts'
import { readLargeObjects } from './large-objects.ts'
import type { Readers } from './readers.ts'
import { readSequences, type SequencePosition } from './sequences.ts'

/** All that a database is: content and definitions, told apart by name. */
export interface Fingerprint {
  readonly relations: ReadonlyMap<string, DataRelation>
  readonly contents: ReadonlyMap<string, Content>
  readonly sequences: ReadonlyMap<string, SequencePosition>
  readonly largeObjects: ReadonlyMap<string, string>
  /** Objects of the database. */
  readonly catalog: Catalog
  /** Objects of the whole cluster: roles, settings, databases … */
  readonly cluster: Catalog
  /** The system's own objects of the database, by digests: comparable within a cluster. */
  readonly system: Catalog
  readonly horizon: Horizon
}

export interface FingerprintSettings {
  /** Of the database, or of what it is a physical copy of: what was not written since is taken over from there. */
  readonly earlier?: Fingerprint | undefined
  /** What the leader is busy with before it reads content. */
  readonly leaderWork?: Promise<unknown>
}

/** Reads the whole database through sessions that share one snapshot. */
export async function readFingerprint(
  { leader, follower, administrator }: Readers,
  { earlier, leaderWork }: FingerprintSettings = {},
): Promise<Fingerprint> {
  await follower.rows(pinnedSettings)
  const horizon = await readHorizon(follower)
  const relations = await readDataRelations(follower)
  const queue = relations.toSorted(byEarlierSize(earlier))
  const contents = new Map<string, Content>()
  const takeFromQueue = async (session: Session): Promise<void> => {
    for (let relation = queue.shift(); relation !== undefined; relation = queue.shift()) {
      contents.set(relation.identity, await readContent(session, relation, horizon, earlier))
    }
  }
  const readRest = async () => ({
    catalog: await readCatalog(administrator),
    cluster: await readClusterCatalog(administrator),
    system: await readSystemObjects(administrator),
    largeObjects: await readLargeObjects(administrator),
    sequences: await readSequences(administrator),
  })
  const rest = readRest()
  const [read] = await Promise.all([
    rest,
    (administrator === follower ? rest : Promise.resolve()).then(() => takeFromQueue(follower)),
    (leaderWork ?? Promise.resolve())
      .then(() => leader.rows(pinnedSettings))
      .then(() => takeFromQueue(leader)),
  ])
  return {
    relations: new Map(relations.map((relation) => [relation.identity, relation])),
    contents: new Map(relations.map(({ identity }) => [identity, contents.get(identity)!])),
    horizon,
    ...read,
  }
}

/** The largest first, so that the sessions end at about the same time. */
function byEarlierSize(earlier: Fingerprint | undefined) {
  const size = ({ identity }: DataRelation) => earlier?.contents.get(identity)?.rows ?? 0
  return (a: DataRelation, b: DataRelation) => size(b) - size(a)
}
