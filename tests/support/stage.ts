import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Cleanup } from '../../harness/process/cleanup.ts'
import { gatherEvidence } from '../../harness/cli/evidence.ts'
import { openStage, type OpenStage, type StageSettings } from '../../harness/cli/open-stage.ts'
import { checkRehearsal, type RehearsalConfig } from '../../harness/config/rehearsal.ts'
import type { Evidence, Step } from '../../harness/evidence/schema.ts'
import { script } from '../../harness/release/layouts/script.ts'
import { makeVariant } from '../../harness/release/variant.ts'
import { writeVariant } from '../../harness/release/write-variant.ts'
import { printClusterFaults } from '../../harness/comparison/print-difference.ts'
import { makeFurtherClone } from '../../harness/host/further-clone.ts'
import { baseline } from '../../harness/acts/baseline.ts'
import { clone } from '../../harness/acts/clone.ts'
import { goldenBackup } from '../../harness/acts/golden-backup.ts'
import type { Run } from '../../harness/acts/common/run.ts'
import { variantDirectory } from '../../harness/acts/common/run-variant.ts'
import { Stage, type StageEvents } from '../../harness/stage/stage.ts'
import { copySmallProject, type Project } from './project.ts'

const silent: StageEvents = { stepStarted: () => undefined, stepFinished: () => undefined }

/** Acts and tiers of a project, performed in this process on real servers: a rehearsal without its specs. */
export class OpenRehearsal implements AsyncDisposable {
  readonly run: Run
  readonly stage: Stage
  readonly #root: string
  readonly #startMs = Date.now()

  constructor(root: string, { stage, run }: Pick<OpenStage, 'stage' | 'run'>) {
    this.#root = root
    this.run = run
    this.stage = stage
  }

  static async open(
    project: Project,
    parts: Pick<StageSettings, 'seams' | 'acts'> = {},
  ): Promise<OpenRehearsal> {
    const cleanup = new Cleanup()
    try {
      const opened = await openStage({
        root: project.path,
        config: await readConfig(project),
        outputDirectory: join(project.path, 'reports'),
        isWhole: false,
        cleanup,
        signal: new AbortController().signal,
        keepsClone: () => false,
        events: silent,
        reportProgress: () => undefined,
        note: () => undefined,
        ...parts,
      })
      return new OpenRehearsal(project.path, opened)
    } catch (error) {
      await cleanup[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Production, as it is read. */
  get production() {
    return this.stage.given(baseline)!.production
  }

  /** By which specs would reach the stage; production's server is found beside it. */
  get socketPath(): string {
    return join(this.run.runDirectory, 'stage')
  }

  /** Performs these steps in order, each with what it needs; the evidence tells of them alone. */
  async reach(...ids: readonly string[]): Promise<Evidence> {
    for (const id of ids) await this.stage.reach(id)
    const { acts, tiers, ...evidence } = gatherEvidence({
      root: this.#root,
      startMs: this.#startMs,
      selection: null,
      faults: [],
      specFiles: [],
      config: this.run.config,
      stage: this.stage,
      run: this.run,
    })
    const isAskedFor = ({ status }: Step) => status !== 'pending'
    return { ...evidence, acts: acts.filter(isAskedFor), tiers: tiers.filter(isAskedFor) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stage.settled()
    await this.run.cleanup[Symbol.asyncDispose]()
  }
}

/**
 * A production, its golden clone and its clone, made once for many releases: each is rehearsed on a copy of the
 * clone as it was made. Production and golden are those of the project it was made of, untouched in between.
 */
export class PreparedClone implements AsyncDisposable {
  readonly #project: Project
  readonly #rehearsal: OpenRehearsal

  private constructor(project: Project, rehearsal: OpenRehearsal) {
    this.#project = project
    this.#rehearsal = rehearsal
  }

  /** Performs these acts of the project, by default up to the escape attempts of the small one; the project goes with it. */
  static async make(project?: Project, ids: readonly string[] = ['escape-attempts']): Promise<PreparedClone> {
    const own = project ?? (await copySmallProject())
    let rehearsal: OpenRehearsal | undefined
    try {
      rehearsal = await OpenRehearsal.open(own)
      const { acts } = await rehearsal.reach(...ids)
      const fault = acts.find(({ status, problems }) => status !== 'performed' || problems.length > 0)
      if (fault !== undefined)
        throw new Error(`${fault.id} is no ground for others: ${fault.reason ?? fault.problems.join('\n')}`)
      return new PreparedClone(own, rehearsal)
    } catch (error) {
      await rehearsal?.[Symbol.asyncDispose]()
      await own[Symbol.asyncDispose]()
      throw error
    }
  }

  /**
   * Performs the steps of a project whose production and golden are the same, on a fresh copy of the clone; the
   * variant's refusals only where they are asked for.
   */
  async rehearse(project: Project, ...ids: readonly string[]): Promise<Evidence> {
    await using rehearsal = await this.#fork(project, ids)
    return await rehearsal.reach(...ids)
  }

  async #fork(project: Project, ids: readonly string[]): Promise<OpenRehearsal> {
    const prepared = this.#rehearsal
    const config = await readConfig(project)
    const made = ['baseline', 'golden-backup', 'clone', 'escape-attempts']
    const steps = new Map([...prepared.run.steps].filter(([id]) => made.includes(id)))
    const run: Run & { steps: Map<string, Step> } = {
      ...prepared.run,
      ...(await readReleaseOf(project, config)),
      root: project.path,
      config,
      steps,
      cleanup: new Cleanup(),
    }
    const cloned = prepared.stage.given(clone)!
    const further = await makeFurtherClone(run.cleanup, cloned.clone)
    if (further.faults.length > 0)
      throw new Error(
        `a rehearsal before has left its traces: ${printClusterFaults(further.faults).join('; ')}`,
      )
    const given = new Map<string, unknown>([
      [baseline.id, prepared.stage.given(baseline)],
      [goldenBackup.id, prepared.stage.given(goldenBackup)],
      [clone.id, { ...cloned, clone: further.clone }],
    ])
    await rm(variantDirectory(run), { recursive: true, force: true })
    if (!ids.includes('variant')) {
      await writeVariant(run.variant, variantDirectory(run))
      steps.set('variant', { ...steps.get('escape-attempts')!, id: 'variant', facts: {} })
    }
    return new OpenRehearsal(project.path, { stage: new Stage(run, silent, { given }), run })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#rehearsal[Symbol.asyncDispose]()
    await this.#project[Symbol.asyncDispose]()
  }
}

/** Reads the configuration as it stands now: a module is imported once by a name, whatever is written to its file. */
async function readConfig(project: Project): Promise<RehearsalConfig> {
  const name = `rehearsal.config.${randomUUID()}.ts`
  await project.write(name, await project.read('rehearsal.config.ts'))
  const { default: config } = (await import(pathToFileURL(join(project.path, name)).href)) as {
    default: unknown
  }
  await project.remove(name)
  return checkRehearsal(config, 'rehearsal.config.ts')
}

async function readReleaseOf(
  project: Project,
  config: RehearsalConfig,
): Promise<Pick<Run, 'release' | 'variant'>> {
  const release = await script.read(project.path, config)
  const { production, clone: made } = config
  return { release, variant: makeVariant(release, { from: production.database, to: made.database }) }
}
