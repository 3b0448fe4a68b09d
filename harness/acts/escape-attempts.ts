import { join } from 'node:path'
import {
  copyProgram,
  judgeAnswer,
  probeFromServer,
  psqlCommand,
  readFailure,
  readProgram,
  type Probe,
} from '../confinement/probes.ts'
import { Cleanup } from '../process/cleanup.ts'
import { openSession } from '../postgres/session.ts'
import { createDatabase } from '../host/clone-server.ts'
import { runText } from './common/run-on-clone.ts'
import { ownDatabases } from '../host/own-databases.ts'
import { required, type Outcome, type World } from '../stage/world.ts'

/**
 * Tries to get from the clone to production, as a release could: by all that the clone's server can do for a superuser,
 * and by psql as the role that ships the release. Each way must be refused that leads to the clone itself.
 */
export async function performSeal(world: World): Promise<Outcome> {
  const confinement = required(world.confinement, 'confinement of the clone')
  await using cleanup = new Cleanup()
  const { isOwn } = required(world.clone, 'clone').server
  // What production's own server can do for a superuser leads to production: nothing of that could be refused.
  const [{ server, network }, psql] = await Promise.all([
    isOwn ? probeServer(world, cleanup) : { server: [], network: [] },
    probePsql(world),
  ])
  // Reports tell no path of the machine.
  const probes = [...server, ...psql].map((probe) => ({
    ...probe,
    answer: probe.answer.replaceAll(`${world.runDirectory}/`, ''),
  }))
  world.seal = { notConfined: confinement.unavailable, network, probes }
  return {
    status: 'performed',
    problems: judgeProbes(probes),
    facts: { confined: confinement.unavailable === null, ...world.seal },
  }
}

async function probeServer(world: World, cleanup: Cleanup): Promise<{ server: Probe[]; network: string[] }> {
  const { server: cloneServer } = required(world.clone, 'clone')
  cleanup.defer('the scratch database of the seal', () => cloneServer.databases.dropLater(ownDatabases.seal))
  const { superuser, reader } = await createDatabase(world, cloneServer, ownDatabases.seal)
  await using session = await openSession(superuser)
  const server = await probeFromServer(session, {
    psql: join(world.installation.directory, 'psql'),
    target: required(world.production, 'production').reader,
    control: reader,
  })
  const interfaces = await readProgram(session, `cut -d: -f1 -s /proc/net/dev 2>/dev/null || true`)
  return { server, network: interfaces.map((name) => name.trim()) }
}

/** What psql answers, as which the release runs. */
async function probePsql(world: World): Promise<Probe[]> {
  const { shipper, server } = required(world.clone, 'clone')
  const { reader: target } = required(world.production, 'production')
  const run = async (way: string, text: string): Promise<Probe> => {
    const { exitCode, stderr } = await runText(world, shipper, text)
    return { way, ...(exitCode === 0 ? { outcome: 'reached', answer: 'connected' } : judgeAnswer(stderr)) }
  }
  const connect = (host: string, database: string) => `\\connect ${database} - ${host} -\n`
  // On production's own server only the relay leads to the clone.
  const way = server.isOwn ? server.host : shipper.host
  const control = await run('control', connect(way, shipper.database))
  if (control.outcome !== 'reached')
    throw new Error(`psql does not even reach the clone, so that it shows nothing: ${control.answer}`)
  // One after the other: production may allow the release's role few connections.
  return [
    await run('psql \\connect', connect(target.host, target.database)),
    ...(server.isOwn
      ? [await run('psql \\connect on its own server', connect(server.host, target.database))]
      : []),
    await run('psql \\connect by the way of the release', connect(shipper.host, target.database)),
    await probeProgram(world),
  ]
}

/** The role that ships the release starts psql by COPY: it may not, unless production lets it, and gets nowhere. */
async function probeProgram(world: World): Promise<Probe> {
  const { reader } = required(world.production, 'production')
  const psql = join(world.installation.directory, 'psql')
  const command = psqlCommand(psql, reader)
  const { shipper } = required(world.clone, 'clone')
  const text = `${copyProgram(command)}\nSELECT line FROM printed \\g (format=unaligned tuples_only=on)\n`
  const { exitCode, stdout, stderr } = await runText(world, shipper, text)
  const failure = exitCode === 0 ? readFailure(stdout.trim().split('\n')) : stderr
  const way = 'COPY … PROGRAM by the shipping role'
  return failure === undefined
    ? { way, outcome: 'reached', answer: 'connected' }
    : { way, ...judgeAnswer(failure) }
}

/** What is wrong with what became of the ways. */
export function judgeProbes(probes: readonly Probe[]): string[] {
  return probes.flatMap(({ way, outcome, answer }) => {
    if (outcome === 'reached') return [`production was reached from the clone: ${way}`]
    if (outcome === 'unclear')
      return [`whether production is out of reach was not shown: ${way} failed otherwise: ${answer}`]
    return []
  })
}
