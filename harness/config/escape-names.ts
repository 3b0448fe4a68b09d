/** The ways by which SQL reaches beyond its own database, by name, and what each of them reaches. */
export const ways = {
  shell: 'starts a program where psql runs, or changes the environment of one',
  variable: 'lets psql go on with what a variable holds, which may be one of its commands',
  connect: 'turns psql to another database, role or server',
  'client-file': 'reads or writes files, or the environment, where psql runs',
  program: 'starts a program on the server',
  'server-file': 'reads or writes files of the server',
  'other-server': 'reaches another server through this one',
  http: 'calls a web address from the server',
  'untrusted-language': 'brings code into the server that no right restrains',
  subscription: 'takes part in the replication of another server',
  replication: 'makes, drops or writes to what replicas read',
  'alter-system': 'changes the server for all of its databases',
  'other-database': 'names production’s database, or makes, changes or drops one',
  'other-session': 'ends sessions of others',
  role: 'becomes another role',
} as const

export type EscapeName = keyof typeof ways

/** The names alone, in the order in which they are told. */
export const escapeNames = Object.keys(ways) as [EscapeName, ...EscapeName[]]

/** Whether a release may write files where psql runs, by the ways that it is allowed. */
export function mayWriteFiles(allows: Readonly<Partial<Record<EscapeName, string>>> = {}): boolean {
  return allows.shell !== undefined || allows['client-file'] !== undefined
}
