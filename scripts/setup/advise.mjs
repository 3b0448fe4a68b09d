import { aptLine } from './install-by-apt.mjs'

/** @type {[RegExp, string][]} */
const lines = [
  [/^(fedora|rhel|centos|rocky|almalinux)$/, 'sudo dnf install -y postgresql-server postgresql'],
  [/^arch$/, 'sudo pacman -S --noconfirm postgresql'],
  [/^alpine$/, 'sudo apk add postgresql postgresql-client'],
  [/^(opensuse.*|suse|sles)$/, 'sudo zypper --non-interactive install postgresql-server postgresql'],
]

/**
 * The exact line that installs PostgreSQL's programs on a system.
 * @param {NodeJS.Platform} platform
 * @param {string} osRelease the text of /etc/os-release
 */
export function advise(platform, osRelease) {
  const line = findLine(platform, osRelease)
  const otherwise = 'set REHEARSAL_POSTGRES_BIN to the directory of its programs.'
  if (line === undefined)
    return `Install PostgreSQL from https://www.postgresql.org/download/, or ${otherwise}`
  return `Run this, then npm run setup again:\n\n  ${line}\n\nIf it is installed elsewhere, ${otherwise}`
}

/**
 * @param {NodeJS.Platform} platform
 * @param {string} osRelease
 */
export function isDebian(platform, osRelease) {
  return platform === 'linux' && systemIds(osRelease).some((id) => id === 'debian' || id === 'ubuntu')
}

/**
 * @param {NodeJS.Platform} platform
 * @param {string} osRelease
 */
function findLine(platform, osRelease) {
  if (platform === 'darwin') return 'brew install postgresql@17'
  if (isDebian(platform, osRelease)) return aptLine
  const ids = platform === 'linux' ? systemIds(osRelease) : []
  return lines.find(([pattern]) => ids.some((id) => pattern.test(id)))?.[1]
}

/**
 * The system and those that it is like: `ubuntu debian`.
 * @param {string} osRelease
 */
function systemIds(osRelease) {
  return [...osRelease.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap(([, ids = '']) => ids.split(' '))
}
