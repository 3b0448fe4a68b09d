import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { explainAbsence, findPgcopydb } from './pgcopydb.ts'

/** A PATH in which only this program is; undefined for none. */
async function pathWith(version: string | undefined, commands = ''): Promise<NodeJS.ProcessEnv> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-path-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  if (version !== undefined) {
    const file = join(directory, 'pgcopydb')
    // As pgcopydb does: the version on standard output, the help on the other.
    await writeFile(
      file,
      `#!/bin/sh
case "$1" in --version) echo "pgcopydb version ${version}" ;; help) printf '${commands}' >&2 ;; esac
`,
    )
    await chmod(file, 0o755)
  }
  return { PATH: directory }
}

describe('pgcopydb', () => {
  it('is told to be installed where it is not', async () => {
    const found = findPgcopydb(await pathWith(undefined))
    expect(found).toBeUndefined()
    expect(explainAbsence(found)).toBe('pgcopydb is not installed; apt-get install pgcopydb')
  })

  it('is named with its version where it cannot compare', async () => {
    const found = findPgcopydb(
      await pathWith('0.10-1', '  pgcopydb\\n  + copy  Implement the data section\\n'),
    )
    expect(found).toEqual({ version: '0.10-1', hasCompare: false })
    expect(explainAbsence(found)).toContain('pgcopydb 0.10-1 has no command "compare"')
  })

  it('is measured where it can', async () => {
    const found = findPgcopydb(
      await pathWith('0.17', '  pgcopydb\\n  + compare  Compare source and target\\n'),
    )
    expect(found).toEqual({ version: '0.17', hasCompare: true })
    expect(explainAbsence(found)).toBeUndefined()
  })
})
