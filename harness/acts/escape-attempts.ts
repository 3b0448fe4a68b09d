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
 * and by psql as the role that ships the release. Each attempt must be refused; the same attempt on the clone itself must succeed.
 */
export async function performEscapeAttempts(world: World): Promise<Outcome> {
  const confinement = required(world.confinement, 'confinement of the clone')
  await using cleanup = new Cleanup()
  const { isOwn } = required(world.clone, 'clone').server
  // What production's own server can do for a superuser leads to production: nothing of that could be refused.
  const [{ server, network }, psql] = await Promise.all([
    isOwn ? probeServer(world, cleanup) : { server: [], network: [] },
    probePsql(world),
  ])
  // Reports tell no path of the machine.
  const attempts = [...server, ...psql].map((probe) => ({
    ...probe,
    answer: probe.answer.replaceAll(`${world.runDirectory}/`, ''),
  }))
  world.escapeAttempts = { notConfined: confinement.unavailable, network, attempts }
  return {
    status: 'performed',
    problems: judgeProbes(attempts),
    facts: { confined: confinement.unavailable === null, ...world.escapeAttempts },
  }
}

async function probeServer(world: World, cleanup: Cleanup): Promise<{ server: Probe[]; network: string[] }> {
  const { server: cloneServer } = required(world.clone, 'clone')
  cleanup.defer('the scratch database of the seal', () =>
    cloneServer.databases.dropLater(ownDatabases.escapeAttempts),
  )
  const { superuser, reader } = await createDatabase(world, cloneServer, ownDatabases.escapeAttempts)
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
  const { releaseRole, server } = required(world.clone, 'clone')
  const { reader: target } = required(world.production, 'production')
  const run = async (escape: string, text: string): Promise<Probe> => {
    const { exitCode, stderr } = await runText(world, releaseRole, text)
    return { escape, ...(exitCode === 0 ? { outcome: 'reached', answer: 'connected' } : judgeAnswer(stderr)) }
  }
  const connect = (host: string, database: string) => `\\connect ${database} - ${host} -\n`
  // On production's own server only the relay leads to the clone.
  const host = server.isOwn ? server.host : releaseRole.host
  const control = await run('control', connect(host, releaseRole.database))
  if (control.outcome !== 'reached')
    throw new Error(`psql does not even reach the clone, so that it shows nothing: ${control.answer}`)
  // One after the other: production may allow the release's role few connections.
  return [
    await run('psql \\connect', connect(target.host, target.database)),
    ...(server.isOwn
      ? [await run('psql \\connect on its own server', connect(server.host, target.database))]
      : []),
    await run('psql \\connect through the proxy', connect(releaseRole.host, target.database)),
    await probeProgram(world),
  ]
}

/** The role that ships the release starts psql by COPY: it may not, unless production lets it, and gets nowhere. */
async function probeProgram(world: World): Promise<Probe> {
  const { reader } = required(world.production, 'production')
  const psql = join(world.installation.directory, 'psql')
  const command = psqlCommand(psql, reader)
  const { releaseRole } = required(world.clone, 'clone')
  const text = `${copyProgram(command)}\nSELECT line FROM printed \\g (format=unaligned tuples_only=on)\n`
  const { exitCode, stdout, stderr } = await runText(world, releaseRole, text)
  const failure = exitCode === 0 ? readFailure(stdout.trim().split('\n')) : stderr
  const escape = 'COPY … PROGRAM by the release role'
  return failure === undefined
    ? { escape, outcome: 'reached', answer: 'connected' }
    : { escape, ...judgeAnswer(failure) }
}

/** What is wrong with what became of the ways. */
export function judgeProbes(attempts: readonly Probe[]): string[] {
  return attempts.flatMap(({ escape, outcome, answer }) => {
    if (outcome === 'reached') return [`production was reached from the clone: ${escape}`]
    if (outcome === 'unclear')
      return [`whether production is out of reach was not shown: ${escape} failed otherwise: ${answer}`]
    return []
  })
}
