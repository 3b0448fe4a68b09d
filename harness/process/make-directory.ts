import { access, mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Makes a directory, and those above it that are not there. Throws the system's error where it cannot; Node's own
 * `recursive` tries for ever in a file system that lets nobody make one, such as /proc.
 */
export async function makeDirectory(path: string, mode = 0o777): Promise<void> {
  const directory = resolve(path)
  try {
    await mkdir(directory, { mode })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(directory)).isDirectory()) return
    const parent = dirname(directory)
    if (code !== 'ENOENT' || (await isThere(parent))) throw error
    await makeDirectory(parent, mode)
    await makeDirectory(directory, mode)
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
