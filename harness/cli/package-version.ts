import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { RehearsalError } from '../errors.ts'

const vitestMajor = '4'

/** The version of this package. */
export function packageVersion(): string {
  return readVersion(new URL('../../package.json', import.meta.url))
}

/** The version of the project's Vitest. Throws VITEST_MISSING if there is none, or an unsupported one. */
export function vitestVersion(): string {
  const version = findVitest()
  if (version?.split('.')[0] === vitestMajor) return version
  throw new RehearsalError(
    'VITEST_MISSING',
    version === undefined
      ? 'Vitest is not installed in this project'
      : `a rehearsal needs Vitest ${vitestMajor}, but this project has ${version}`,
    { hint: `install it next to dress-rehearsal, for example: npm install --save-dev vitest@${vitestMajor}` },
  )
}

function findVitest(): string | undefined {
  try {
    return readVersion(createRequire(import.meta.url).resolve('vitest/package.json'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}

function readVersion(path: string | URL): string {
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string }
  return version
}
