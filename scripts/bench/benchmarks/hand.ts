import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  initialiseCluster,
  makePassword,
  startCluster,
  type Cluster,
} from '../../../harness/cluster/cluster.ts'
import { makeServerDirectory } from '../../../harness/cluster/run-directory.ts'
import { RehearsalError } from '../../../harness/errors.ts'
import { requireSuccess, scriptErrorExit } from '../../../harness/executor/require-success.ts'
import { runScript, type ScriptResult } from '../../../harness/executor/run-script.ts'
import { toEnvironment } from '../../../harness/postgres/environment.ts'
import { type Connection } from '../../../harness/postgres/connection.ts'
import { runProgram } from '../../../harness/process/run-program.ts'
import { quoteIdentifier, quoteLiteral } from '../../../harness/postgres/session.ts'
import { takeFromCache } from '../../../harness/cache/cache.ts'
import { cacheDirectory } from '../../../harness/cache/cache-directory.ts'
import { goldenKey, productionKey } from '../../../harness/source/scripts/prepared-keys.ts'
import type { Site } from '../site.ts'

/** The prepared clusters as the cache keeps them, at rest. */
export interface Prepared {
  readonly production: string
  readonly golden: string
  /** Of the superuser in both. */
  readonly password: string
}

/** Takes the prepared clusters out of the cache, into the run's directory. */
export async function takePrepared({ run }: Site): Promise<Prepared> {
  const { root, config, installation, runDirectory, note, signal } = run
  const take = async (key: string, directory: string): Promise<string> => {
    const password = await takeFromCache(key, directory, note, signal)
    if (password !== undefined) return password
    throw new RehearsalError('CACHE_FAILED', `a prepared cluster is not in ${cacheDirectory()}`)
  }
  const { version } = installation
  const production = join(runDirectory, 'hand-prepared-production')
  const password = await take(await productionKey(root, config, version), production)
  const golden = join(runDirectory, 'hand-prepared-golden')
  await take(await goldenKey(root, config, version, password), golden)
  return { production, golden, password }
}

/** Somebody's hands: the commands of a rehearsal, in three clusters that go with them. */
export class Hand implements AsyncDisposable {
  readonly #site: Site
  readonly #ownerPassword = makePassword()
  #production: Cluster | undefined
  #golden: Cluster | undefined
  #clone: Cluster | undefined

  constructor(site: Site) {
    this.#site = site
  }

  /** `cp -a` of the prepared clusters, and their servers. */
  async startSource({ production, golden, password }: Prepared): Promise<void> {
    this.#production = await this.#startCopy(production, this.#directory('hand-production'), password)
    this.#golden = await this.#startCopy(golden, this.#directory('hand-golden'), password)
  }

  async #startCopy(prepared: string, target: string, password: string): Promise<Cluster> {
    const { installation, signal } = this.#site.run
    await makeServerDirectory(target)
    await runProgram('cp', ['-a', join(prepared, 'data'), join(target, 'data')], { signal })
    return startCluster(installation, target, password, { signal })
  }

  /** `initdb`, a server, and production's roles by `pg_dumpall`. */
  async startClone(): Promise<void> {
    const { installation, signal, config } = this.#site.run
    const [target, password] = [this.#directory('hand-clone'), makePassword()]
    await initialiseCluster(installation, target, password, signal)
    this.#clone = await startCluster(installation, target, password, { signal })
    const program = join(installation.directory, 'pg_dumpall')
    const env = toEnvironment(this.connection(config.production.database), [program, '--roles-only'])
    const roles = await runProgram(program, ['--roles-only'], { env, signal })
    await this.statement('postgres', roles.replaceAll(/^(CREATE|ALTER) ROLE postgres\b.*$/gm, ''))
    await this.statement(
      'postgres',
      `ALTER ROLE ${this.#ownerName} PASSWORD ${quoteLiteral(this.#ownerPassword)}`,
    )
  }

  /** How the superuser reaches a database: production and golden in their clusters, any other in the clone's. */
  connection(database: string): Connection {
    const { production, golden } = this.#site.run.config
    const own = { [production.database]: this.#production, [golden!.database]: this.#golden }
    return { ...(own[database] ?? this.#clone)!.superuser, database }
  }

  /** How the release's role reaches a database of the clone's cluster. */
  owner(database: string): Connection {
    const { owner } = this.#site.run.config.production
    return { ...this.connection(database), user: owner, password: this.#ownerPassword }
  }

  async createDatabase(database: string): Promise<void> {
    await this.statement(
      'postgres',
      `CREATE DATABASE ${quoteIdentifier(database)} OWNER ${this.#ownerName} TEMPLATE template0`,
    )
  }

  async asSuperuser(restore: () => Promise<void>): Promise<void> {
    await this.statement('postgres', `ALTER ROLE ${this.#ownerName} SUPERUSER`)
    await restore()
    await this.statement('postgres', `ALTER ROLE ${this.#ownerName} NOSUPERUSER`)
  }

  /** A physical copy, where the version can: nothing is written twice. */
  async copy(from: string, to: string): Promise<void> {
    const strategy = this.#site.run.installation.major >= 15 ? 'STRATEGY FILE_COPY' : ''
    await this.statement(
      'postgres',
      `CREATE DATABASE ${quoteIdentifier(to)} TEMPLATE ${quoteIdentifier(from)} OWNER ${this.#ownerName} ${strategy}`,
    )
  }

  async remake(name: string, from: string): Promise<void> {
    await this.statement('postgres', `DROP DATABASE ${quoteIdentifier(name)}`)
    await this.copy(from, name)
  }

  /** psql as superuser. */
  async statement(database: string, text: string): Promise<void> {
    requireSuccess(text, await this.#psql({ text }, this.connection(database)))
  }

  /** psql as the release's role, in the clone. */
  async text(text: string, directory?: string): Promise<void> {
    requireSuccess(text, await this.#psql({ text }, this.#cloneOwner, directory))
  }

  /** The whole variant by psql. */
  async release(options?: string): Promise<void> {
    const { script: file } = this.#site.run.release
    const connection = { ...this.#cloneOwner, ...(options === undefined ? {} : { options }) }
    requireSuccess(file, await this.#psql({ file }, connection))
  }

  async rollback(): Promise<void> {
    const { file } = this.#site.run.config.release.rollback!
    requireSuccess(file, await this.#psql({ file }, this.#cloneOwner))
  }

  /** psql on a file that must stop at an error. */
  async refused(directory: string, file: string): Promise<void> {
    const { exitCode } = await this.#psql({ file }, this.#cloneOwner, directory)
    if (exitCode === scriptErrorExit) return
    throw new RehearsalError('EXECUTOR_FAILED', `${file} was not refused: psql exit ${exitCode}`)
  }

  /** `pg_dump DATABASE | sha256sum`, schema and data. */
  async checksum(database: string): Promise<void> {
    const { installation, signal } = this.#site.run
    const dump = join(installation.directory, 'pg_dump')
    const env = toEnvironment(this.connection(database), [dump])
    await runProgram('bash', ['-c', 'set -o pipefail; "$0" | sha256sum', dump], { env, signal })
  }

  async dropClone(): Promise<void> {
    await drop(this.#clone)
    this.#clone = undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await drop(this.#clone)
    await drop(this.#production)
    await drop(this.#golden)
  }

  get #ownerName(): string {
    return quoteIdentifier(this.#site.run.config.production.owner)
  }

  get #cloneOwner(): Connection {
    return this.owner(this.#site.run.config.clone.database)
  }

  #directory(name: string): string {
    return join(this.#site.run.runDirectory, name)
  }

  #psql(
    script: { readonly file: string } | { readonly text: string },
    connection: Connection,
    directory = this.#site.variantDirectory,
  ): Promise<ScriptResult> {
    const { psql, run } = this.#site
    return runScript({ ...script, psql, directory, connection, signal: run.signal })
  }
}

async function drop(cluster: Cluster | undefined): Promise<void> {
  if (cluster === undefined) return
  await cluster.stop()
  await rm(cluster.directory, { recursive: true, force: true, maxRetries: 3 })
}
