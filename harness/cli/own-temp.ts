import { join } from 'node:path'
import { makeServerDirectory } from '../cluster/run-directory.ts'

/**
 * Lets what this process and its workers put into the temporary directory, such as Vitest's own files, go with the
 * directory of the run, however that ends.
 */
export async function ownTemporaryFiles(runDirectory: string): Promise<Disposable> {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = await makeServerDirectory(join(runDirectory, 'tmp'))
  return {
    [Symbol.dispose]() {
      if (before === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = before
    },
  }
}
