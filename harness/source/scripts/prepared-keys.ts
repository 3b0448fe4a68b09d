import { digest, readMaker } from '../../cache/key.ts'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { RehearsalConfig } from '../../config/rehearsal.ts'
import { readScriptFiles } from './read-script-files.ts'

/** Key of production: its SQL, the server's version, the maker. */
export async function productionKey(root: string, config: RehearsalConfig, version: string): Promise<string> {
  const { database, owner, script, administration, variables, amend } = config.production
  return digest([
    JSON.stringify({ version, database, owner, variables, amend }),
    ...(await readScriptFilesOf(root, [script, administration])),
    ...readMaker(),
  ])
}

/**
 * Key of golden: all of the above, the release, what is done to golden, and which production it is made of, told by its
 * superuser's password: made anew, production may have other rows.
 */
export async function goldenKey(
  root: string,
  config: RehearsalConfig,
  version: string,
  password: string,
): Promise<string> {
  const { golden, gate, release } = config
  // Golden has the release, and never its rollback.
  const rollback = join(release.directory, release.rollback?.file ?? '')
  return digest([
    await productionKey(root, config, version),
    JSON.stringify({
      password,
      database: golden?.database,
      gate: gate?.apply,
      tiers: release.tiers,
      script: release.script,
    }),
    ...(await readScriptFilesOf(root, [golden?.rewind, golden?.experiments])),
    ...(await readTree(root, join(root, release.directory))).filter(
      (part) => !part.startsWith(`${rollback}\0`),
    ),
  ])
}

async function readScriptFilesOf(root: string, scripts: readonly (string | undefined)[]): Promise<string[]> {
  const read = scripts.map(async (script) => (script === undefined ? [] : readScriptFiles(root, script)))
  return (await Promise.all(read)).flat()
}

/** Each file below the path (or the file itself) as `name NUL content`, one letter a byte, in the order of names. */
async function readTree(root: string, path: string): Promise<string[]> {
  let names: string[]
  try {
    names = (await readdir(path, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() || entry.isSymbolicLink())
      .map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR') throw error
    names = [path]
  }
  return Promise.all(
    names.sort().map(async (name) => `${relative(root, name)}\0${await readFile(name, 'latin1')}`),
  )
}
