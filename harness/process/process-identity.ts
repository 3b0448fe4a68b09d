import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * A text that no other process will have under the same pid: the start time (proc(5), `stat` field 22; else
 * `ps`). Undefined where no such process lives, a zombie included.
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : `ticks ${fields[19]}`
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'ESRCH') throw error
  }
  if (process.platform === 'linux') return undefined
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)])
    return stdout.trim() === '' ? undefined : stdout.trim()
  } catch (error) {
    if (typeof (error as { code?: unknown }).code === 'number') return undefined
    throw error
  }
}
