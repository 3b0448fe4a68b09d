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
import { createDatabase, type Clone } from '../host/host.ts'
import { runText } from './common/run-on-clone.ts'
import { ownDatabases } from '../host/own-databases.ts'
import type { Connection } from '../postgres/connection.ts'
import { defineAct } from './common/act.ts'
import type { Run } from './common/run.ts'
import { baseline } from './baseline.ts'
import { clone } from './clone.ts'

/**
 * Tries to reach production from the clone, as a release could: by everything that the clone's server can do for a
 * superuser, and by psql as the release role. Each attempt must be refused; the same attempt on the clone itself must
 * succeed.
 */
export const escapeAttempts = defineAct({
  id: 'escape-attempts',
  title: 'no escape from the clone to production',
  folder: 'clone',
  section: 'harness',
  requires: ['sealing'],
  needs: { baseline, clone },
  overlap: 'beside',
  async perform(run, { baseline: { production }, clone: { clone: stepped } }) {
    const { confinement, ownSocket } = stepped.host
    await using cleanup = new Cleanup()
    const at: Attempt = { run, stepped, target: production.reader, cleanup }
    // On production's own server every attempt of a superuser would reach production.
    const [{ server, network }, psql] = await Promise.all([
      ownSocket === undefined ? { server: [], network: [] } : probeServer(at),
      probePsql(at),
    ])
    // Reports contain no path of the machine.
    const attempts = [...server, ...psql].map((probe) => ({
      ...probe,
      answer: probe.answer.replaceAll(`${run.runDirectory}/`, ''),
    }))
    const result = { notConfined: confinement.unavailable, network, attempts }
    run.access.escapeAttempts = result
    return {
      status: 'performed' as const,
      problems: judgeProbes(attempts),
      facts: { confined: confinement.unavailable === null, ...result },
    }
  },
})

interface Attempt {
  readonly run: Run
  readonly stepped: Clone
  /** Production, as its reader reaches it. */
  readonly target: Connection
  readonly cleanup: Cleanup
}

async function probeServer({
  run,
  stepped,
  target,
  cleanup,
}: Attempt): Promise<{ server: Probe[]; network: string[] }> {
  const { host } = stepped
  cleanup.defer('the scratch database of the escape attempts', () =>
    host.databases.dropLater(ownDatabases.escapeAttempts),
  )
  const { superuser, reader } = await createDatabase(host, ownDatabases.escapeAttempts)
  await using session = await openSession(superuser)
  const server = await probeFromServer(session, {
    psql: join(run.installation.directory, 'psql'),
    target,
    control: reader,
  })
  const interfaces = await readProgram(session, `cut -d: -f1 -s /proc/net/dev 2>/dev/null || true`)
  return { server, network: interfaces.map((name) => name.trim()) }
}

/** The answers of psql, as the release role. */
async function probePsql(at: Attempt): Promise<Probe[]> {
  const { run, stepped, target } = at
  const { releaseRole, host: server } = stepped
  const attempt = async (escape: string, text: string): Promise<Probe> => {
    const { exitCode, stderr } = await runText(run, stepped.host, releaseRole, text)
    return { escape, ...(exitCode === 0 ? { outcome: 'reached', answer: 'connected' } : judgeAnswer(stderr)) }
  }
  const connect = (host: string, database: string) => `\\connect ${database} - ${host} -\n`
  // On production's own server only the proxy leads to the clone.
  const host = server.ownSocket ?? releaseRole.host
  const control = await attempt('control', connect(host, releaseRole.database))
  if (control.outcome !== 'reached')
    throw new Error(`psql cannot even reach the clone, so the attempts show nothing: ${control.answer}`)
  // One after the other: production may allow the release's role few connections.
  return [
    await attempt('psql \\connect', connect(target.host, target.database)),
    ...(server.ownSocket !== undefined
      ? [await attempt('psql \\connect on its own server', connect(server.ownSocket, target.database))]
      : []),
    await attempt('psql \\connect through the proxy', connect(releaseRole.host, target.database)),
    await probeProgram(at),
  ]
}

/** The release role starts psql with COPY, which must be refused, or must not reach production. */
async function probeProgram({ run, stepped, target }: Attempt): Promise<Probe> {
  const psql = join(run.installation.directory, 'psql')
  const command = psqlCommand(psql, target)
  const { releaseRole } = stepped
  const text = `${copyProgram(command)}\nSELECT line FROM printed \\g (format=unaligned tuples_only=on)\n`
  const { exitCode, stdout, stderr } = await runText(run, stepped.host, releaseRole, text)
  const failure = exitCode === 0 ? readFailure(stdout.trim().split('\n')) : stderr
  const escape = 'COPY … PROGRAM by the release role'
  return failure === undefined
    ? { escape, outcome: 'reached', answer: 'connected' }
    : { escape, ...judgeAnswer(failure) }
}

/** The attempts that were not refused. */
export function judgeProbes(attempts: readonly Probe[]): string[] {
  return attempts.flatMap(({ escape, outcome, answer }) => {
    if (outcome === 'reached') return [`production was reached from the clone: ${escape}`]
    if (outcome === 'unclear')
      return [
        `it was not shown that production is out of reach: ${escape} failed for another reason: ${answer}`,
      ]
    return []
  })
}
