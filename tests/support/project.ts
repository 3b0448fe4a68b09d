import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { evidenceSchema, type Evidence } from '../../harness/evidence/schema.ts'
import { startCommand, type Command } from './command.ts'

export const repository = fileURLToPath(new URL('../..', import.meta.url))

/** What a finished rehearsal left: its exit code, what it printed, and its evidence. */
export interface Rehearsed {
  readonly exitCode: number | null
  readonly output: string
  readonly evidence: Evidence
}

/** A copy of a rehearsal's project, to be broken by a test. */
export class Project implements AsyncDisposable {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  async write(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.path, file)), { recursive: true })
    await writeFile(join(this.path, file), text)
  }

  /** Replaces a text that stands in the file exactly once. */
  async edit(file: string, from: string, to: string): Promise<void> {
    const text = await readFile(join(this.path, file), 'utf8')
    const parts = text.split(from)
    if (parts.length !== 2) throw new Error(`${file} holds ${parts.length - 1} times: ${from}`)
    await writeFile(join(this.path, file), parts.join(to))
  }

  async remove(file: string): Promise<void> {
    await rm(join(this.path, file), { recursive: true })
  }

  read(file: string): Promise<string> {
    return readFile(join(this.path, file), 'utf8')
  }

  /** Starts `rehearse …` in the project. */
  start(...args: string[]): Command {
    return startCommand([join(repository, 'bin/rehearse.mjs'), ...args], this.path)
  }

  /** Runs `rehearse run …` to its end. */
  async rehearse(...args: string[]): Promise<Rehearsed> {
    const { exitCode, output } = await this.start('run', ...args).ended
    return { exitCode, output, evidence: await this.evidence() }
  }

  async evidence(): Promise<Evidence> {
    return evidenceSchema.parse(JSON.parse(await this.read('reports/evidence.json')))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.path, { recursive: true, force: true })
  }
}

/** Copies the small rehearsal of tests/small: three tiers on about 1,000 rows. */
export function copySmallProject(): Promise<Project> {
  return copyProject(join(repository, 'tests/small'), [
    'rehearsal.config.ts',
    'vitest.config.ts',
    'specs',
    'sql',
  ])
}

/** Copies the rehearsal of tests/smallest: what no project can do without, and nothing else. */
export function copySmallestProject(): Promise<Project> {
  return copyProject(join(repository, 'tests/smallest'), [
    'rehearsal.config.ts',
    'specs',
    'production.sql',
    'release',
  ])
}

/** Copies the rehearsal of this repository itself. */
export function copyOwnProject(): Promise<Project> {
  return copyProject(repository, ['rehearsal.config.ts', 'vitest.config.ts', 'specs', 'sql'])
}

async function copyProject(source: string, parts: readonly string[]): Promise<Project> {
  const path = await mkdtemp(join(tmpdir(), 'rehearsed-project-'))
  for (const part of parts) await cp(join(source, part), join(path, part), { recursive: true })
  await writeFile(join(path, 'package.json'), JSON.stringify({ type: 'module' }))
  await mkdir(join(path, 'node_modules'))
  await symlink(repository, join(path, 'node_modules/dress-rehearsal'))
  await symlink(join(repository, 'node_modules/vitest'), join(path, 'node_modules/vitest'))
  return new Project(path)
}
