import type { Connection } from './connection.ts'

/** Stands between this process and a server that it must not change. */
export interface Guard {
  /** Called before a session is opened, and answers for each of its statements. Throws where it may not be opened. */
  enter(connection: Connection): SessionFilter
  /** Called before a program that opens its own connection is started. Throws if it may not connect. */
  start(connection: Connection, program: string, args: readonly string[]): void
}

export interface SessionFilter {
  /** Called before a statement is sent. Throws where it may not be. */
  admit(text: string): void
}

type Address = Pick<Connection, 'host' | 'port'>

const guards = new Map<string, Guard>()

/** From now on the guard is asked for every session and program of this process on that server, whoever opens it. */
export function filterStatements(address: Address, guard: Guard): AsyncDisposable {
  guards.set(keyOf(address), guard)
  return {
    [Symbol.asyncDispose]: () => {
      guards.delete(keyOf(address))
      return Promise.resolve()
    },
  }
}

/** The guard of the server, where it has one. */
export function filterOf(address: Address): Guard | undefined {
  return guards.get(keyOf(address))
}

function keyOf({ host, port }: Address): string {
  return `${host}:${port}`
}
