import type { Cleanup } from '../process/cleanup.ts'
import { findPostgresInstallations, oldestMajor } from '../cluster/find-binaries.mjs'
import { makeRunDirectory } from '../cluster/run-directory.ts'
import { chooseRunRoot } from '../cluster/run-root.ts'
import { makeServerDirectories } from '../confinement/server-directories.ts'
import type { RehearsalConfig } from '../config/rehearsal.ts'
import { RehearsalError } from '../errors.ts'
import type { Step } from '../evidence/schema.ts'
import { makeVariant } from '../release/variant.ts'
import { checkEscapes, findUnusedAllowances } from '../confinement/escapes/check-escapes.ts'
import { serveSpecs } from '../stage/serve-specs.ts'
import type { AnyAct } from '../acts/common/act.ts'
import { chooseSeams, type Seams } from '../acts/common/seams.ts'
import { Servers } from '../acts/common/servers.ts'
import { Stage, type StageEvents } from '../stage/stage.ts'
import type { Run } from '../acts/common/run.ts'

export interface OpenStage {
  readonly stage: Stage
  readonly run: Run
  /** Where spec files reach it. */
  readonly socketPath: string
  /** Starts, while the spec files are loaded, what they will ask for. */
  readonly begin: () => void
}

export interface StageSettings {
  readonly root: string
  readonly config: RehearsalConfig
  readonly outputDirectory: string
  /** Whether every spec file is run, so that every step is asked for. */
  readonly isWhole: boolean
  readonly cleanup: Cleanup
  readonly signal: AbortSignal
  readonly keepsClone: () => boolean
  readonly events: StageEvents
  /** What to choose from; default: what the harness has. */
  readonly seams?: Seams
  /** Default: those of the harness. */
  readonly acts?: readonly AnyAct[]
  readonly reportProgress: (message: string) => void
  readonly note: (message: string) => void
}

/**
 * Reads the release, makes its variant in memory and opens the stage. What is wrong with the release's files themselves
 * (an extra guard, a missing tier, an escape that is not allowed) throws here, before any database is touched.
 */
export async function openStage(settings: StageSettings): Promise<OpenStage> {
  const { root, config, cleanup, events, isWhole, seams, acts, ...rest } = settings
  const chosen = chooseSeams(config, seams)
  const release = await chosen.layout.read(root, config)
  const variant = makeVariant(release, { from: config.production.database, to: config.clone.database })
  const { allows = {} } = config.release
  const escapes = checkEscapes(release, { database: config.production.database, allows })
  for (const way of findUnusedAllowances(escapes, allows)) {
    rest.note(`release.allows: "${way}" is allowed, but not used`)
  }
  const [installation] = findPostgresInstallations()
  if (installation === undefined) {
    throw new RehearsalError(
      'BINARIES_MISSING',
      `no PostgreSQL of ${oldestMajor} or newer was found on this machine`,
      {
        hint: 'install it (Debian, Ubuntu: apt-get install postgresql), or set REHEARSAL_POSTGRES_BIN to the directory of its programs',
      },
    )
  }
  const preparedBytes = await chosen.source.preparedBytes({ root, config, installation })
  const directory = cleanup.own(
    'the directory of the run',
    await makeRunDirectory(await chooseRunRoot(preparedBytes)),
  )
  await makeServerDirectories(directory.path)
  const steps = new Map<string, Step>()
  const run: Run & { steps: Map<string, Step> } = {
    ...rest,
    root,
    config,
    cleanup,
    release,
    variant,
    escapes,
    installation,
    runDirectory: directory.path,
    steps,
    executor: chosen.executor,
    servers: new Servers(chosen),
    access: { rights: {} },
  }
  const can = { ...chosen.host.can, stepping: chosen.executor.canStep }
  const stage = new Stage(run, events, { isWhole, can, ...(acts && { acts }) })
  const begin = (): void => {
    // Where production must be made first, that waits for a spec that needs it.
    if (preparedBytes === undefined) return
    run.servers.source(run).catch(() => undefined)
    stage.begin()
  }
  return { stage, run, socketPath: await serveSpecs(stage, run), begin }
}
