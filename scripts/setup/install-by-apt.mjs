import { existsSync, readFileSync } from 'node:fs'
import { oldestMajor } from '../../harness/cluster/find-binaries.mjs'
import { readCommand, runCommand, tryCommand } from './run-command.mjs'
import { SetupError } from './setup-error.mjs'
import { forbidMainCluster } from './forbid-main-cluster.mjs'

const settings = '/etc/postgresql-common/createcluster.conf'
const install = ['apt-get', '-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends']

/** The same by hand. Of two settings in createcluster.conf the last one counts. */
export const aptLine =
  `sudo sh -c "apt-get update; apt-get install -y postgresql-common && ` +
  `echo 'create_main_cluster = false' >> ${settings} && apt-get install -y postgresql"`

/**
 * Installs server and client of the distribution's PostgreSQL. Debian's package makes and starts a cluster unless
 * createcluster.conf forbids it, and that file comes with postgresql-common: so that goes first.
 * @param {readonly string[]} prefix what has to stand before a command that needs root's rights
 */
export function installByApt(prefix) {
  const asRoot = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive']
  if (!tryCommand([...asRoot, 'apt-get', 'update']))
    console.log('setup: apt-get update failed; trying with the existing package lists')
  requireNewEnough()
  runCommand([...asRoot, ...install, 'postgresql-common'])
  writeSettings(prefix)
  runCommand([...asRoot, ...install, 'postgresql'])
}

function requireNewEnough() {
  const policy = readCommand(['apt-cache', 'policy', 'postgresql']) ?? ''
  const candidate = /Candidate: (\S+)/.exec(policy)?.[1] ?? '(none)'
  if (Number.parseInt(candidate, 10) >= oldestMajor) return
  throw new SetupError(
    `apt-get offers PostgreSQL ${candidate}, and ${oldestMajor} or newer is needed.`,
    'Add the repository of https://wiki.postgresql.org/wiki/Apt, then npm run setup again.',
  )
}

/** @param {readonly string[]} prefix */
function writeSettings(prefix) {
  const before = existsSync(settings) ? readFileSync(settings, 'utf8') : ''
  const after = forbidMainCluster(before)
  if (after === before) return
  console.log(
    `setup: setting create_main_cluster = false in ${settings}, so that the package does not start a server`,
  )
  runCommand([...prefix, 'sh', '-c', `cat > ${settings}`], { input: after })
}
