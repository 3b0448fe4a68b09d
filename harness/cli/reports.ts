import { rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { RehearsalError } from '../errors.ts'
import { evidenceSchema, type Evidence } from '../evidence/schema.ts'
import { claimFolder } from './claim.ts'
import { makeDirectory } from '../process/make-directory.ts'
import { renderJunit } from '../report/junit.ts'
import { renderMarkdown } from '../report/markdown.ts'

const names = { junit: 'junit.xml', evidence: 'evidence.json', markdown: 'rehearsal.md' } as const

/**
 * Makes the folder of the reports this run's own until it is let go of, and removes those of an earlier run, so that
 * none of them is taken for this run's.
 */
export async function openReports(directory: string): Promise<AsyncDisposable> {
  try {
    await makeDirectory(directory)
    const claim = await claimFolder(directory)
    await removeReports(directory)
    return claim
  } catch (cause) {
    if (cause instanceof RehearsalError) throw cause
    throw new RehearsalError('OPTION_REFUSED', `no reports can be written to ${directory}`, {
      hint: 'give another folder with --output',
      cause,
    })
  }
}

/** Removes the reports of an earlier run from the folder, if there are any. */
export async function removeReports(directory: string): Promise<void> {
  for (const name of Object.values(names)) await rm(join(directory, name), { force: true })
}

/** Writes all reports of a run from its evidence, which is checked against its schema first; returns their paths. */
export async function writeReports(directory: string, evidence: Evidence): Promise<typeof names> {
  const checked = evidenceSchema.parse(evidence)
  await writeFile(join(directory, names.evidence), `${JSON.stringify(checked, undefined, 2)}\n`)
  await writeFile(join(directory, names.junit), renderJunit(checked))
  await writeFile(join(directory, names.markdown), renderMarkdown(checked))
  const path = (name: string): string => relative(process.cwd(), join(directory, name))
  return {
    junit: path(names.junit),
    evidence: path(names.evidence),
    markdown: path(names.markdown),
  } as typeof names
}
