import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Evidence } from '../../harness/evidence/schema.ts'
import { copySmallProject, repository, type Project } from '../support/project.ts'
import { failureOf } from '../support/read-evidence.ts'

/** A small change to the release, and every sentence by which it is told. */
export interface Change {
  readonly name: string
  readonly sql: string
  readonly told: readonly string[]
}

/** Copies the small rehearsal, with a lending desk in its production that has more to lose; see `sql/desk.sql`. */
export async function copyDeskProject(): Promise<Project> {
  const project = await copySmallProject()
  const production = join(project.path, 'sql/production')
  await cp(join(repository, 'tests/changes/sql'), production, { recursive: true })
  await project.write('sql/production/all.sql', '\\ir make.sql\n\\ir desk.sql\n')
  await project.edit(
    'rehearsal.config.ts',
    "script: 'sql/production/make.sql'",
    "script: 'sql/production/all.sql', administration: 'sql/production/administration.sql'",
  )
  return project
}

/** Sows changes into a file of the release, behind its own statements and in their transaction; `alone` behind that. */
export function sow(
  project: Project,
  file: string,
  changes: readonly Pick<Change, 'sql'>[],
  alone: readonly Pick<Change, 'sql'>[] = [],
): Promise<void> {
  const write = (sown: typeof changes) => sown.map(({ sql }) => `${sql};\n`).join('')
  return project.edit(`sql/release/${file}`, '\nCOMMIT;\n', `\n${write(changes)}COMMIT;\n${write(alone)}`)
}

/** Has the desk's administrator run a statement that the release's role may not. */
export function administer(statement: string, onlyInTheClone = false): string {
  return `SELECT desk.administer('${statement.replaceAll("'", "''")}', ${onlyInTheClone})`
}

/** The sentences in which a spec says how its tier's effect is not the declared one, without digests. */
export function surplusOf(evidence: Evidence, tier: string, test: string): string[] {
  return failureOf(evidence, test)
    .split('\n')
    .filter((line) => !line.startsWith('hint: '))
    .map((line) => (line.startsWith(`${tier}: `) ? line.slice(tier.length + 2) : line))
    .map((line) => line.replaceAll(/"-?\d{12,}"/g, '"…"'))
    .sort()
}

/** All sentences of the changes, as {@link surplusOf} gives them. */
export function toldOf(changes: readonly Change[]): string[] {
  return changes.flatMap(({ told }) => told).sort()
}

/** Acts and tiers of which a test has failed. */
export function failedSteps({ tests }: Evidence): string[] {
  const failed = tests.filter(({ status }) => status !== 'passed').map(({ step }) => String(step))
  return [...new Set(failed)].sort()
}
