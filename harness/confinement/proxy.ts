import { rm } from 'node:fs/promises'
import { createServer, connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { makeServerDirectory } from '../cluster/run-directory.ts'
import type { Connection } from '../postgres/connection.ts'
import { readOpening } from './opening.ts'
import { writeFatal, type Refusal } from './protocol-messages.ts'
import { watchSettings } from './watch-settings.ts'

/** Passes sessions on to a server. */
export interface ServerProxy extends AsyncDisposable {
  /** Directory of its socket, which goes in the place of the server's. */
  readonly host: string
}

/**
 * Stands between psql and a server on a Unix socket, in a directory that it makes. It lets sessions through to the
 * databases that `admits` names. psql uses two settings of its session to distinguish strings from meta-commands,
 * and gets their values from the server: a session in which a value would make psql read a script
 * differently from the harness is ended before psql receives the value.
 */
export async function openProxy(
  server: Pick<Connection, 'host' | 'port'>,
  directory: string,
  admits: (database: string) => boolean,
): Promise<ServerProxy> {
  await makeServerDirectory(directory)
  const sockets = new Set<Socket>()
  const own = (socket: Socket): Socket => {
    sockets.add(socket)
    // If one side closes, the other is closed, too.
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
    return socket
  }
  const socketName = `.s.PGSQL.${server.port}`
  const passOn = async (client: Socket): Promise<void> => {
    const opening = await readOpening(client)
    if (opening === undefined) return void client.destroy()
    const { database, bytes } = opening
    if (database !== undefined && !admits(database)) return void client.end(writeFatal(refuse(database)))
    const upstream = own(connect(join(server.host, socketName)))
    upstream.write(bytes)
    client.pipe(upstream).pipe(watchSettings()).pipe(client)
    client.once('close', () => upstream.destroy())
    upstream.once('close', () => client.end())
  }
  const listener = createServer((client) => void passOn(own(client)))
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

function refuse(database: string): Refusal {
  return {
    sqlstate: '42501',
    message: `"${database}" is not a database of this rehearsal`,
    hint: 'a release must stay in the database in which it was started',
  }
}
