import { readFile } from 'node:fs/promises'
import { RehearsalError } from '../errors.ts'

/** The account that a server runs under, by number. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root (PostgreSQL manual, "Creating the PostgreSQL User Account"): root lends it
 * the account `postgres`, else `nobody`. Anybody else runs it as themselves, for which this returns undefined.
 */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const fields = accounts.find(([account]) => account === name)
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  throw new RehearsalError(
    'CLUSTER_FAILED',
    'root may not run a PostgreSQL server, and no other account was found for it',
    {
      hint: 'add an account: useradd --system postgres',
    },
  )
}
