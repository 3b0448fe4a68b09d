import type { Clone } from '../host/host.ts'
import { makeFurtherClone } from '../host/further-clone.ts'
import { defineAct } from './common/act.ts'
import type { Run } from './common/run.ts'
import { clone } from './clone.ts'
import { compareWithApplied, stepped as names } from './common/applied.ts'
import { without } from '../comparison/difference.ts'
import { printClusterFaults, printDifferences } from '../comparison/print-difference.ts'
import { readClone } from './common/read-clone.ts'
import { reverseRows } from './common/reverse-rows.ts'
import { runStatement } from './common/run-on-clone.ts'
import { runExecutor } from './common/run-variant.ts'
import { fullRead } from './full-read.ts'

/** Plans that a server chooses between by its statistics; a release must not depend on which. */
const otherPlans =
  '-c enable_seqscan=off -c enable_hashagg=off -c enable_hashjoin=off -c enable_nestloop=off -c work_mem=64kB'

/**
 * Runs the variant by a single psql, without breakpoints, on a second clone of the same name: the result must be that of
 * the stepped one. Then once more under other plans, with the rows of small tables in another order.
 */
export const oneShot = defineAct({
  id: 'one-shot',
  title: 'the release in one go gives the same result',
  folder: 'proofs',
  section: 'proofs',
  requires: ['freshCopies'],
  needs: { clone, fullRead },
  after: ['gate-revoke'],
  async perform(run, { clone: { clone: stepped }, fullRead: { applied } }) {
    const { reportProgress } = run
    reportProgress('running the release in one go on a second clone')
    const first = await makeFurtherClone(run.cleanup, stepped)
    const failure = await runRelease(run, first.clone)
    if (failure !== undefined)
      return {
        status: 'failed' as const,
        reason: `in one go: ${failure}`,
        problems: printClusterFaults(first.faults),
      }
    const compare = async (other: Clone) =>
      compareWithApplied(run, {
        applied,
        clone: other,
        now: await readClone(run, other),
        likeness: 'settled',
      })
    const unlike = await compare(first.clone)

    reportProgress('running it again with other query plans')
    const second = await makeFurtherClone(run.cleanup, stepped)
    const problems = printClusterFaults([...first.faults, ...without(second.faults, first.faults)])
    const reversedTables = await reverseRows(second.clone.superuser)
    const other = await runRelease(run, second.clone, otherPlans)
    if (other !== undefined)
      return {
        status: 'failed' as const,
        reason: `order-dependent: with other query plans: ${other}`,
        problems,
      }
    const dependent = await compare(second.clone)
    return {
      status: 'performed' as const,
      gives: { clone: second.clone },
      problems: [
        ...problems,
        ...printDifferences(unlike, ...names).map((sentence) => `differs from the stepped run: ${sentence}`),
        ...printDifferences(without(dependent, unlike), ...names).map(
          (sentence) => `order-dependent: ${sentence}`,
        ),
      ],
      facts: { clone: 'a physical copy of the clone as it was created', otherPlans, reversedTables },
    }
  },
})

/** Opens the gate, where there is one, and runs the release; says why it did not come to its end. */
async function runRelease(run: Run, on: Clone, options?: string): Promise<string | undefined> {
  const { gate } = run.config
  if (gate !== undefined) await runStatement(run, on, 'gate.apply', gate.apply)
  return runExecutor(run, on, options)
}
