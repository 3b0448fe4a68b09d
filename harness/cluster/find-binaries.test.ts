import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findPostgresInstallations } from './find-binaries.mjs'

const programs = ['initdb', 'postgres', 'pg_ctl', 'psql', 'pg_dump', 'pg_restore']
const [real] = findPostgresInstallations()
const realDirectory = real?.directory ?? ''

describe('findPostgresInstallations', () => {
  it('finds the installation of this machine, with its version', () => {
    expect(real?.version).toMatch(/^\d+(\.\d+|beta\d|rc\d)$/)
    expect(real?.major).toBe(Number.parseInt(real?.version ?? '', 10))
  })

  it('finds a directory of links to the real programs in PATH', () => {
    const directory = linked(programs)
    expect(find({ env: { PATH: `/nowhere:${directory}` } })).toEqual([{ ...real, directory }])
  })

  it('finds directories by pattern, and tells the same programs only once', () => {
    const root = temporary()
    for (const version of ['15', '16']) fill(join(root, version, 'bin'), programs)
    const found = find({ roots: [join(root, '*', 'bin')], env: { PATH: realDirectory } })
    expect(found).toEqual([{ ...real, directory: join(root, '15', 'bin') }])
  })

  it.each(programs)('passes over a directory without %s', (missing) => {
    const directory = linked(programs.filter((program) => program !== missing))
    expect(find({ env: { PATH: directory } })).toEqual([])
  })

  it('puts the newest first, and a pre-release below the releases of its major', () => {
    const versions = ['16.2', '18beta1', '14.9', '16.10', '18.0', '17.1', '13.20']
    const env = { PATH: versions.map((version) => versioned(version)).join(':') }
    const found = find({ env }).map(({ version }) => version)
    expect(found).toEqual(['18.0', '18beta1', '17.1', '16.10', '16.2', '14.9'])
  })

  it('passes over a server whose pg_dump is of another version', () => {
    expect(find({ env: { PATH: versioned('16.2', '15.4') } })).toEqual([])
  })

  it('takes the directory of REHEARSAL_POSTGRES_BIN, and only that', () => {
    const directory = versioned('14.1')
    const env = { PATH: realDirectory, REHEARSAL_POSTGRES_BIN: directory }
    expect(findPostgresInstallations({ env })).toEqual([{ directory, version: '14.1', major: 14 }])
  })

  it('ignores an empty REHEARSAL_POSTGRES_BIN', () => {
    const env = { PATH: realDirectory, REHEARSAL_POSTGRES_BIN: '' }
    expect(find({ env })).toEqual([real])
  })

  it('refuses a REHEARSAL_POSTGRES_BIN without some programs, and names them', () => {
    const directory = linked(['initdb', 'postgres', 'psql', 'pg_dump'])
    expect(fault(directory)).toMatchObject({
      code: 'BINARIES_MISSING',
      message: `REHEARSAL_POSTGRES_BIN=${directory} lacks pg_ctl, pg_restore`,
      hint: expect.stringContaining('or unset it'),
    })
  })

  it('refuses a REHEARSAL_POSTGRES_BIN that is too old, mixed, or does not run', () => {
    expect(fault(versioned('13.20')).message).toMatch(/ holds version 13\.20, older than 14$/)
    expect(fault(versioned('16.2', '15.4')).message).toMatch(
      / a server of version 16\.2 and a pg_dump of version 15\.4$/,
    )
    const broken = versioned('16.2')
    writeFileSync(join(broken, 'postgres'), '#!/bin/sh\nexit 127\n')
    expect(fault(broken).message).toMatch(/ holds programs that do not run$/)
    expect(fault(broken).cause).toBeInstanceOf(Error)
  })
})

function find(options: { env: NodeJS.ProcessEnv; roots?: string[] }) {
  return findPostgresInstallations({ roots: [], ...options })
}

function fault(directory: string): Error {
  try {
    findPostgresInstallations({ env: { REHEARSAL_POSTGRES_BIN: directory } })
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error(`REHEARSAL_POSTGRES_BIN=${directory} was accepted`)
}

function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), 'find-binaries-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  return directory
}

function fill(directory: string, names: string[]): void {
  mkdirSync(directory, { recursive: true })
  for (const name of names) symlinkSync(join(realDirectory, name), join(directory, name))
}

function linked(names: string[]): string {
  const directory = temporary()
  fill(directory, names)
  return directory
}

/** A directory whose programs only tell a version: no machine has all of those that the order is about. */
function versioned(version: string, dumpVersion = version): string {
  const directory = temporary()
  for (const name of programs) {
    const told = name === 'pg_dump' ? dumpVersion : version
    writeFileSync(join(directory, name), `#!/bin/sh\necho '${name} (PostgreSQL) ${told}'\n`, { mode: 0o755 })
  }
  return directory
}
