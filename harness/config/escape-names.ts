/** The ways by which SQL reaches beyond its own database, by name, and what each of them reaches. */
export const ways = {
  shell: 'starts a program where psql runs, or changes the environment of one',
  variable: 'makes psql read the value of a variable, which may be a meta-command',
  connect: 'connects psql to another database, role or server',
  'client-file': 'reads or writes files, or the environment, where psql runs',
  program: 'starts a program on the server',
  'server-file': 'reads or writes files of the server',
  'other-server': 'reaches another server through this one',
  http: 'calls a web address from the server',
  'untrusted-language': 'loads code into the server that no privilege restricts',
  subscription: 'takes part in the replication of another server',
  replication: 'creates, drops or writes to what replicas read',
  'alter-system': 'changes the server for all of its databases',
  'other-database': 'names production’s database, or creates, changes or drops a database',
  'other-session': 'ends other sessions',
  role: 'becomes another role',
} as const

export type EscapeName = keyof typeof ways

/** Only the names, in the order of the report. */
export const escapeNames = Object.keys(ways) as [EscapeName, ...EscapeName[]]

/** Whether a release may write files where psql runs, by the ways that it is allowed. */
export function mayWriteFiles(allows: Readonly<Partial<Record<EscapeName, string>>> = {}): boolean {
  return allows.shell !== undefined || allows['client-file'] !== undefined
}
