import { join } from 'node:path'
import { runScript, type ScriptResult } from '../executor/run-script.ts'
import type { Step } from '../evidence/schema.ts'
import { effectBetween } from '../fingerprint/effect.ts'
import { takeSnapshot, type Snapshot } from '../measure/snapshot.ts'
import { required, type World } from './world.ts'

/** What a step found before and after it, in the form in which evidence holds it. */
export type Change = Pick<Step, 'before' | 'after' | 'effect'>

/** Reads the clone again; what was not written since the last reading is taken over from there. */
export async function readClone(world: World): Promise<Snapshot> {
  const { readers, entry } = required(world.clone, 'clone')
  world.latest = await takeSnapshot(readers, {
    measures: world.config.measures,
    place: 'elsewhere',
    earlier: world.latest,
    entry,
  })
  return world.latest
}

/** What lies between two readings of the clone, the second right after the first. */
export function changeBetween(before: Snapshot, after: Snapshot): Change {
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

/** Runs a file of the release, or a statement, on the clone by a fresh psql, as the role that ships the release. */
export async function runOnClone(
  world: World,
  script: { readonly directory: string } & ({ readonly file: string } | { readonly text: string }),
): Promise<ScriptResult> {
  return runScript({
    psql: join(world.installation.directory, 'psql'),
    connection: required(world.clone, 'clone').owner,
    signal: world.signal,
    ...script,
  })
}
