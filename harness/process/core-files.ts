import { describeError } from '../errors.ts'
import { runProgram } from './run-program.ts'

/**
 * Lets neither this process nor what it starts from now on leave a core file, which could contain passwords. Returns
 * why not, where that could not be done: it takes Linux, and `prlimit` of util-linux.
 */
export async function forbidCoreFiles(): Promise<string | null> {
  if (process.platform !== 'linux') return `${process.platform} has no prlimit`
  try {
    await runProgram('prlimit', ['--pid', String(process.pid), '--core=0'])
    return null
  } catch (error) {
    return describeError(error)
  }
}
