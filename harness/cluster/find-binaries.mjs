import { execFileSync } from 'node:child_process'
import { accessSync, constants, readdirSync, realpathSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

// Plain JavaScript: `npm run setup` needs it before anything is installed.

export const oldestMajor = 14
const programs = ['initdb', 'postgres', 'pg_ctl', 'psql', 'pg_dump', 'pg_restore']

/** @type {typeof import('./find-binaries.mjs').findPostgresInstallations} */
export function findPostgresInstallations({ env = process.env, platform = process.platform, roots } = {}) {
  const chosen = env.REHEARSAL_POSTGRES_BIN
  if (chosen) return [readChosen(chosen)]
  const directories = [
    ...(roots ?? standardRoots(platform)).flatMap(expandPattern),
    ...(env.PATH ?? '').split(delimiter).filter((directory) => directory !== ''),
  ]
  const found = new Map()
  for (const directory of directories) {
    if (missingPrograms(directory).length > 0) continue
    const place = realpathSync(join(directory, 'postgres'))
    if (found.has(place)) continue
    const installation = tryRead(directory)
    if (installation) found.set(place, installation)
  }
  return [...found.values()].sort(byNewest)
}

/** @param {NodeJS.Platform} platform */
function standardRoots(platform) {
  if (platform === 'darwin')
    return [
      '/opt/homebrew/opt/postgresql*/bin',
      '/usr/local/opt/postgresql*/bin',
      '/Applications/Postgres.app/Contents/Versions/*/bin',
    ]
  return [
    '/usr/lib/postgresql/*/bin',
    '/usr/pgsql-*/bin',
    '/usr/libexec/postgresql*', // Alpine
    '/home/linuxbrew/.linuxbrew/opt/postgresql*/bin',
  ]
}

/** @param {string} directory */
function readChosen(directory) {
  const missing = missingPrograms(directory)
  if (missing.length > 0) throw binariesError(directory, `lacks ${missing.join(', ')}`)
  const read = readVersions(directory)
  if ('fault' in read) throw binariesError(directory, read.fault, read.cause)
  return read
}

/** @param {string} directory */
function tryRead(directory) {
  const read = readVersions(directory)
  return 'fault' in read ? undefined : read
}

/**
 * @param {string} directory
 * @returns {import('./find-binaries.mjs').PostgresInstallation | { fault: string, cause?: unknown }}
 */
function readVersions(directory) {
  try {
    const [version, dumps] = ['postgres', 'pg_dump'].map((program) => versionOf(join(directory, program)))
    if (version === undefined || version !== dumps)
      return { fault: `holds a server of version ${version} and a pg_dump of version ${dumps}` }
    const major = Number.parseInt(version, 10)
    if (!(major >= oldestMajor)) return { fault: `holds version ${version}, older than ${oldestMajor}` }
    return { directory, version, major }
  } catch (cause) {
    return { fault: 'holds programs that do not run', cause }
  }
}

/** @param {string} program */
function versionOf(program) {
  const output = execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  return /\(PostgreSQL\) (\d\S*)/.exec(output)?.[1]
}

/** @param {string} directory */
function missingPrograms(directory) {
  return programs.filter((program) => !isProgram(join(directory, program)))
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false // absent, or not for us: either way no program
  }
}

/**
 * The directories that a pattern stands for.
 * @param {string} pattern
 */
function expandPattern(pattern) {
  return pattern
    .split('/')
    .reduce(
      (/** @type {string[]} */ bases, part) => {
        if (!part.includes('*')) return bases.map((base) => `${base}${part}/`)
        const [head = '', tail = ''] = part.split('*')
        return bases.flatMap((base) =>
          list(base)
            .filter((name) => name.startsWith(head) && name.endsWith(tail))
            .map((name) => `${base}${name}/`),
        )
      },
      [''],
    )
    .map((directory) => directory.replace(/\/$/, ''))
}

/** @param {string} directory */
function list(directory) {
  try {
    return readdirSync(directory)
  } catch {
    return [] // most roots do not exist on a given machine
  }
}

/**
 * @param {{ version: string, major: number }} left
 * @param {{ version: string, major: number }} right
 */
function byNewest(left, right) {
  return right.major - left.major || minorOf(right.version) - minorOf(left.version)
}

/** A pre-release (`18beta1`) has no minor number and is older than any release of its major. @param {string} version */
function minorOf(version) {
  return Number(/^\d+\.(\d+)$/.exec(version)?.[1] ?? -1)
}

/**
 * @param {string} directory
 * @param {string} fault
 * @param {unknown} [cause]
 */
function binariesError(directory, fault, cause) {
  const error = new Error(
    `REHEARSAL_POSTGRES_BIN=${directory} ${fault}`,
    cause === undefined ? {} : { cause },
  )
  return Object.assign(error, {
    code: 'BINARIES_MISSING',
    hint: `Set it to a directory with ${programs.join(', ')} of one PostgreSQL, ${oldestMajor} or newer, or unset it.`,
  })
}
