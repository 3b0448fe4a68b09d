import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { RehearsalError } from '../errors.ts'

export const configFile = 'rehearsal.config.ts'

/** Throws CONFIG_INVALID where the directory has no rehearsal.config.ts, and says where one is or should be. */
export async function requireConfig(root: string): Promise<void> {
  const names = await readdir(root)
  if (names.includes(configFile)) return
  throw new RehearsalError('CONFIG_INVALID', `there is no ${configFile} in ${root}`, {
    hint: await hintFor(root, names),
  })
}

async function hintFor(root: string, names: readonly string[]): Promise<string> {
  const other = names.find((name) => /^rehearsal\.config\.[cm]?[jt]s$/.test(name))
  if (other !== undefined) return `rename ${other} to ${configFile}`
  const above = await findAbove(root, configFile)
  if (above !== undefined) return `run the command in ${above}`
  if (names.includes('package.json') || (await findAbove(root, 'package.json')) !== undefined)
    return 'create it beside package.json: docs/own-project.md of dress-rehearsal shows a complete one'
  return 'run the command in the folder of a project that has one'
}

/** The nearest directory above that holds the file. */
async function findAbove(directory: string, file: string): Promise<string | undefined> {
  const above = dirname(directory)
  if (above === directory) return undefined
  // A parent directory that cannot be read does not belong to the project.
  const names = await readdir(above).catch((): string[] => [])
  return names.includes(file) ? above : findAbove(above, file)
}
