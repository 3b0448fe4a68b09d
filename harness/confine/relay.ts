import { rm } from 'node:fs/promises'
import { createServer, connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { makeServerDirectory } from '../cluster/run-directory.ts'
import type { Connection } from '../postgres/connection.ts'
import { watchSettings } from './watch-settings.ts'

/** Passes sessions on to a server. */
export interface Relay extends AsyncDisposable {
  /** Directory of its socket, which goes in the place of the server's. */
  readonly host: string
}

/**
 * Stands between psql and a server on a Unix socket, in a directory that it makes. psql goes by two settings of its
 * session to tell strings from its own commands, and learns of them from the server alone. A session in which they come
 * to be such that psql would read a script otherwise than it was read here is ended before psql is told.
 */
export async function openRelay(server: Connection, directory: string): Promise<Relay> {
  await makeServerDirectory(directory)
  const sockets = new Set<Socket>()
  const own = (socket: Socket): Socket => {
    sockets.add(socket)
    // Whichever side goes, the other is told by its end.
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
    return socket
  }
  const socketName = `.s.PGSQL.${server.port}`
  const listener = createServer((client) => {
    const upstream = own(connect(join(server.host, socketName)))
    own(client).pipe(upstream).pipe(watchSettings()).pipe(client)
    client.once('close', () => upstream.destroy())
    upstream.once('close', () => client.end())
  })
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(join(directory, socketName), resolve)
  })
  return {
    host: directory,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => listener.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
      await rm(directory, { recursive: true, force: true })
    },
  }
}
