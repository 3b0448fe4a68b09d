import { join } from 'node:path'
import type { Cleanup } from '../../harness/process/cleanup.ts'
import { openStage } from '../../harness/cli/open-stage.ts'
import { sweep } from '../../harness/cluster/sweep.ts'
import { loadConfig } from '../../harness/config/load.ts'
import { RehearsalError } from '../../harness/errors.ts'
import { requireSuccess } from '../../harness/executor/require-success.ts'
import { runScript } from '../../harness/executor/run-script.ts'
import type { Connection } from '../../harness/postgres/connection.ts'
import { openSession, quoteIdentifier, type Row } from '../../harness/postgres/session.ts'
import { writeVariant } from '../../harness/release/write-variant.ts'
import { databaseBytes } from '../../harness/restore/dump/disk.ts'
import { copyDatabase } from '../../harness/host/copy-database.ts'
import { closeClone } from '../../harness/host/further-clone.ts'
import type { Clone } from '../../harness/host/host.ts'
import { baseline, type Production } from '../../harness/acts/baseline.ts'
import { clone as cloneAct } from '../../harness/acts/clone.ts'
import type { Run } from '../../harness/acts/common/run.ts'

/** The databases on which is measured: production and golden as a run has them, and the clone's cluster. */
export interface Site {
  readonly run: Run
  readonly production: Production
  readonly clone: Clone
  readonly psql: string
  /** The role that ships the release, straight to the server: what the harness puts in between is not in it. */
  readonly direct: Connection
  /** Where the release's variant for the clone stands. */
  readonly variantDirectory: string
  /** Size of production (pg_database_size). */
  readonly productionBytes: number
  /** Makes `name` anew as a physical copy of another database of the clone's cluster, in which nobody has a session. */
  remake(name: string, from: string): Promise<void>
  /** Drops a database of the clone's cluster, with whoever is in it. */
  drop(name: string): Promise<void>
  /** Runs statements in a database of the clone's cluster, as superuser. */
  query(database: string, text: string): Promise<Row[]>
  /** Opens the gate in the clone of the moment, as the release's role. */
  openGate(): Promise<void>
}

interface SiteSettings {
  readonly root: string
  readonly cleanup: Cleanup
  readonly signal: AbortSignal
  readonly reportProgress: (message: string) => void
}

/** Brings up production, golden and the clone by the harness's own acts; all of it goes with the cleanup. */
export async function openSite({ root, cleanup, signal, reportProgress }: SiteSettings): Promise<Site> {
  await sweep()
  const { stage, run } = await openStage({
    root,
    config: await loadConfig(root),
    isWhole: false,
    outputDirectory: join(root, 'reports'),
    cleanup,
    signal,
    keepsClone: () => false,
    events: { stepStarted: ({ title }) => reportProgress(title), stepFinished: () => undefined },
    reportProgress,
    note: reportProgress,
  })
  const { step } = await stage.reach('clone')
  signal.throwIfAborted()
  if (step.status !== 'performed' || step.problems.length > 0) {
    throw new RehearsalError('CLONE_FAILED', [step.reason ?? [], step.problems].flat().join('\n'), {
      hint: 'a benchmark needs a rehearsal that passes: run npm test',
    })
  }
  const { clone } = stage.given(cloneAct)!
  const { production } = stage.given(baseline)!
  const variantDirectory = join(run.runDirectory, 'variant')
  await writeVariant(run.variant, variantDirectory)
  const site = makeSite(run, clone, {
    production,
    variantDirectory,
    productionBytes: await databaseBytes(production.readers.leader),
  })
  // A database in which somebody has a session can be no template.
  await closeClone(clone.host)
  return site
}

function makeSite(
  run: Run,
  clone: Clone,
  known: Pick<Site, 'production' | 'variantDirectory' | 'productionBytes'>,
): Site {
  const { config, signal, installation, root } = run
  const psql = join(installation.directory, 'psql')
  const query = async (database: string, text: string): Promise<Row[]> => {
    await using session = await openSession({ ...clone.superuser, database })
    return await session.rows(text)
  }
  const drop = async (name: string): Promise<void> => {
    await query('postgres', `DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`)
  }
  return {
    run,
    production: known.production,
    clone,
    psql,
    direct: { ...clone.releaseRole, host: clone.superuser.host },
    variantDirectory: known.variantDirectory,
    productionBytes: known.productionBytes,
    drop,
    query,
    async remake(name, from) {
      await drop(name)
      await using session = await openSession(clone.host.superuser)
      await copyDatabase(session, from, name, config.production.owner)
      // CREATE DATABASE … TEMPLATE does not bring them along.
      if (name === config.clone.database)
        for (const statement of clone.settings) await session.rows(statement)
    },
    async openGate() {
      const { releaseRole: connection } = clone
      const script = { psql, directory: root, text: config.gate!.apply, connection, signal }
      requireSuccess('gate.apply', await runScript(script))
    },
  }
}
