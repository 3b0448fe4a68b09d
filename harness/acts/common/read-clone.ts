import type { Step } from '../../evidence/schema.ts'
import { effectBetween } from '../../fingerprint/effect.ts'
import { takeReading, type Reading } from '../../measure/reading.ts'
import { readIgnoringOwn, type Clone } from '../../host/host.ts'
import type { Run } from './run.ts'

/** What a step found before and after it, in the form in which evidence holds it. */
export type Change = Pick<Step, 'before' | 'after' | 'effect'>

/** Reads the clone again; what was not written since the last reading is taken over from there. */
export async function readClone(run: Run, clone: Clone): Promise<Reading> {
  const { readers, entry, latest: earlier } = clone
  const { measures } = run.config
  const read = await readIgnoringOwn(clone.host, clone.superuser.database, () =>
    takeReading(readers, { measures, place: 'elsewhere', earlier, entry }),
  )
  clone.latest = { ...read, contradictions: [...read.contradictions, ...describeOpen(read)] }
  return clone.latest
}

/** Writes of an open transaction are reported with a later step, which then cannot count rewritten rows. */
function describeOpen({ fingerprint }: Reading): string[] {
  const { open } = fingerprint.horizon
  return open.length === 0
    ? []
    : [
        `a transaction that had written was still open when the clone was read (id ${open.join(', ')}): end it in the step that began it`,
      ]
}

/** What lies between two readings of the clone, the second right after the first. */
export function changeBetween(before: Reading, after: Reading): Change {
  return { before: before.figures, after: after.figures, effect: effectBetween(before, after) }
}
