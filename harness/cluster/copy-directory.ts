import { runProgram } from '../process/run-program.ts'

/** Copies a directory with owners, modes and times; by reference where the file system can. `target` must not exist. */
export async function copyDirectory(source: string, target: string, signal?: AbortSignal): Promise<void> {
  const flags = process.platform === 'linux' ? ['-a', '--reflink=auto'] : ['-Rpc']
  await runProgram('cp', [...flags, source, target], { signal })
}
