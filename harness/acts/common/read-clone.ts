import type { Step } from '../../evidence/schema.ts'
import { effectBetween } from '../../fingerprint/effect.ts'
import { takeReading, type Reading } from '../../measure/reading.ts'
import { databasesBeside } from '../../host/clone-server.ts'
import { withoutDatabases } from '../../comparison/without-databases.ts'
import { required, type World } from '../../stage/world.ts'

/** What a step found before and after it, in the form in which evidence holds it. */
export type Change = Pick<Step, 'before' | 'after' | 'effect'>

/** Reads the clone again; what was not written since the last reading is taken over from there. */
export async function readClone(world: World): Promise<Reading> {
  const { readers, entry } = required(world.clone, 'clone')
  const { measures } = world.config
  const earlier = world.latest
  const read = await readIgnoringOwn(world, () =>
    takeReading(readers, { measures, place: 'elsewhere', earlier, entry }),
  )
  world.latest = { ...read, contradictions: [...read.contradictions, ...describeOpen(read)] }
  return world.latest
}

/** What an open transaction has written is told with a later step, and rows written anew cannot be counted then. */
function describeOpen({ fingerprint }: Reading): string[] {
  const { open } = fingerprint.horizon
  return open.length === 0
    ? []
    : [
        `a transaction that had written was still open when the clone was read (id ${open.join(', ')}): end it in the step that began it`,
      ]
}

/** Takes a reading of the clone without the databases that the harness itself has put beside it. */
export async function readIgnoringOwn(world: World, read: () => Promise<Reading>): Promise<Reading> {
  const server = required(world.cloneServer, 'server of the clone')
  const before = databasesBeside(world, server)
  const reading = await read()
  const { fingerprint } = reading
  const beside = new Set([...before, ...databasesBeside(world, server)])
  return {
    ...reading,
    fingerprint: { ...fingerprint, cluster: withoutDatabases(fingerprint.cluster, beside) },
  }
}

/** What lies between two readings of the clone, the second right after the first. */
export function changeBetween(before: Reading, after: Reading): Change {
  const { tables, sequences, objects } = effectBetween(before, after)
  const bare = (found: typeof objects.created) =>
    found.map(({ class: kind, identity, withParent }) => ({ class: kind, identity, withParent }))
  return {
    before: before.figures,
    after: after.figures,
    effect: {
      tables: Object.fromEntries(
        Object.entries(tables).map(([name, table]) => [name, { ...table, keys: [...table.keys] }]),
      ),
      sequences: Object.fromEntries(Object.entries(sequences).map(([name, moved]) => [name, { ...moved }])),
      objects: {
        created: bare(objects.created),
        dropped: bare(objects.dropped),
        altered: objects.altered.map((object) => ({ ...object, attributes: { ...object.attributes } })),
      },
    },
  }
}
