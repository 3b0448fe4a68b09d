import { describeUnlike } from './common/applied.ts'
import { enterProofClone } from '../host/proof-clone.ts'
import { reverseRows } from './common/reverse-rows.ts'
import { required, type Outcome, type World } from '../stage/world.ts'
import { readClone } from './common/read-clone.ts'
import { runStatement } from './common/run-on-clone.ts'
import { runExecutor } from './common/run-variant.ts'

/** Plans that a server chooses between by its statistics; a release must not depend on which. */
const otherPlans =
  '-c enable_seqscan=off -c enable_hashagg=off -c enable_hashjoin=off -c enable_nestloop=off -c work_mem=64kB'

/**
 * Runs the variant by a single psql, without gates, on a second clone of the same name: it must come to what the
 * stepped one came to. Then once more under other plans, with the rows of small tables in another order.
 */
export async function performOneShot(world: World): Promise<Outcome> {
  const { reportProgress } = world
  reportProgress('running the release in one go on a second clone')
  const left = await enterProofClone(world)
  const first = await runRelease(world)
  if (first !== undefined) return { status: 'failed', reason: `in one go: ${first}`, problems: left }
  const unlike = await describeUnlike(world, await readClone(world), 'settled')

  reportProgress('running it again under other plans')
  left.push(...(await enterProofClone(world)))
  const turned = await reverseRows(required(world.clone, 'clone').superuser)
  const second = await runRelease(world, otherPlans)
  if (second !== undefined)
    return { status: 'failed', reason: `order-dependent: under other plans: ${second}`, problems: left }
  const dependent = await describeUnlike(world, await readClone(world), 'settled')
  return {
    status: 'performed',
    problems: [
      ...new Set(left),
      ...unlike.map((sentence) => `not as stepped: ${sentence}`),
      ...dependent
        .filter((sentence) => !unlike.includes(sentence))
        .map((sentence) => `order-dependent: ${sentence}`),
    ],
    facts: { clone: 'a physical copy of the clone as it was made', otherPlans, reversedTables: turned },
  }
}

/** Opens the gate and runs the release; tells why it did not come to its end. */
async function runRelease(world: World, options?: string): Promise<string | undefined> {
  await runStatement(world, 'gate.apply', world.config.gate.apply)
  return runExecutor(world, options)
}
