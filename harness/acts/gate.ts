import { describeDifferences } from '../comparison/describe-differences.ts'
import { required, type Outcome, type World } from '../stage/world.ts'
import { changeBetween, readClone } from './common/read-clone.ts'
import { runStatement } from './common/run-on-clone.ts'

/** Simulates the approval on the clone: the declared statement, once, as the role that ships the release. */
export async function performGate(world: World): Promise<Outcome> {
  const before = required(world.latest, 'clone')
  await runStatement(world, 'gate.apply', world.config.gate.apply)
  const after = await readClone(world)
  world.gated = after
  return {
    status: 'performed',
    problems: after.contradictions,
    change: changeBetween(before, after),
    facts: { statement: world.config.gate.apply },
  }
}

/** Takes the simulated approval back; the clone must then stand as it did when it was made. */
export async function performGateRevoke(world: World): Promise<Outcome> {
  const before = required(world.latest, 'clone')
  const entry = required(world.entry, 'clone')
  await runStatement(world, 'gate.revoke', world.config.gate.revoke)
  const after = await readClone(world)
  return {
    status: 'performed',
    problems: await describeDifferences('the clone at entry', entry, 'the clone now', after, {
      sequences: false,
    }),
    change: changeBetween(before, after),
    facts: { statement: world.config.gate.revoke },
  }
}
