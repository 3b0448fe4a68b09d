import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { specFolders } from '../acts/acts.ts'
import { RehearsalError } from '../errors.ts'

const specEnding = '.spec.ts'

/** Puts spec files, as paths relative to the project with forward slashes, in the order of the rehearsal. */
export function orderSpecs(files: readonly string[]): string[] {
  return [...files].sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
}

/** Every spec file of the project, in order. Throws SPEC_INVALID for one in a folder that is no act's, and for none at all. */
export async function listSpecs(root: string): Promise<string[]> {
  const entries = await readdir(join(root, 'specs'), { recursive: true, withFileTypes: true }).catch(
    (cause: NodeJS.ErrnoException) => {
      throw new RehearsalError('SPEC_INVALID', `there is no specs/ in ${root}`, { cause })
    },
  )
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(specEnding))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
  const odd = entries.find((entry) => !entry.isDirectory() && isOdd(entry.name, entry.isFile()))
  if (odd !== undefined) {
    const name = relative(root, join(odd.parentPath, odd.name))
    throw new RehearsalError('SPEC_INVALID', `${name} looks like a spec, and would never run`, {
      hint: `a spec is a regular file, not a link, whose name ends in ${specEnding}`,
    })
  }
  const stray = files.find((file) => rank(file) < 0)
  if (stray !== undefined) {
    throw new RehearsalError('SPEC_INVALID', `${stray} is in no act's folder, so it would never run`, {
      hint: `move it to one of: ${specFolders.map((folder) => `specs/${folder}/`).join(' ')}`,
    })
  }
  if (files.length === 0) {
    throw new RehearsalError('SPEC_INVALID', `specs/ holds no file that ends in ${specEnding}`, {
      hint: 'docs/writing-specs.md of dress-rehearsal shows how to write one',
    })
  }
  return orderSpecs(files)
}

/** A name by which somebody would take it for a spec, but for which Vitest is not asked. */
function isOdd(name: string, isFile: boolean): boolean {
  return /[._-](spec|test)s?\.[cm]?[jt]sx?$/i.test(name) && !(isFile && name.endsWith(specEnding))
}

function rank(file: string): number {
  return specFolders.findIndex((folder) => folder === file.split('/')[1])
}
