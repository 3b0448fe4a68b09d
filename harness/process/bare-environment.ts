/** What a program needs of its caller's environment to run at all. */
const kept = new Set(['PATH', 'TMPDIR', 'TZ', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'])

/** Where nothing is and nobody can put anything: whatever is looked for below it is not there (ENOTDIR). */
const nowhere = '/dev/null'

/**
 * An environment without anything of the caller's: no `PG…` variable, no home directory with its .pgpass, service file,
 * psqlrc and certificates, no service file of the system, no secret of another program.
 */
export function bareEnvironment(): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.has(name))),
    HOME: nowhere,
    // A file that is there, but is no plain one, makes libpq complain.
    PGPASSFILE: `${nowhere}/.pgpass`,
    PGSERVICEFILE: nowhere,
    PGSYSCONFDIR: nowhere,
  }
}
