/** How to reach one database as one role. `host` is a host name or the directory of a Unix socket. */
export interface Connection {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  /** Settings of its sessions, as PGOPTIONS takes them. */
  readonly options?: string
}
