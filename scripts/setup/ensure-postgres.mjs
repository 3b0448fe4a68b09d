import { readFileSync } from 'node:fs'
import { findPostgresInstallations, oldestMajor } from '../../harness/cluster/find-binaries.mjs'
import { advise, isDebian } from './advise.mjs'
import { installByApt } from './install-by-apt.mjs'
import { readCommand } from './run-command.mjs'
import { SetupError } from './setup-error.mjs'

/** Sees to PostgreSQL's programs: finds them, else installs them where it may; tells whether it installed. */
export function ensurePostgres() {
  const found = findNewest()
  if (found) return report(found, false)
  const release = readOsRelease()
  const prefix = isDebian(process.platform, release) ? findRights() : undefined
  const missing = `no PostgreSQL ${oldestMajor} or newer was found`
  if (prefix === undefined) throw new SetupError(`${missing}.`, advise(process.platform, release))
  console.log(
    `setup: ${missing}; installing Debian's package "postgresql" with apt-get, without starting a system server`,
  )
  installByApt(prefix)
  const installed = findNewest()
  if (installed) return report(installed, true)
  throw new SetupError(`apt-get succeeded, but ${missing}.`, advise(process.platform, release))
}

function findNewest() {
  try {
    return findPostgresInstallations()[0]
  } catch (error) {
    const { message, hint } = /** @type {import('../../harness/cluster/find-binaries.mjs').BinariesError} */ (
      error
    )
    if (hint === undefined) throw error
    throw new SetupError(message, hint)
  }
}

/**
 * @param {import('../../harness/cluster/find-binaries.mjs').PostgresInstallation} installation
 * @param {boolean} isNew
 */
function report({ version, directory }, isNew) {
  console.log(`setup: PostgreSQL ${version} in ${directory}`)
  return isNew
}

/** What has to stand before a command that needs root's rights; undefined if we do not have them. */
function findRights() {
  if (process.getuid?.() === 0) return []
  return readCommand(['sudo', '-n', 'true']) === undefined ? undefined : ['sudo', '-n']
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return '' // no Linux, or a bare one: the general advice is given
  }
}
