import type { Socket } from 'node:net'

/** How a client begins a session (PostgreSQL manual, "Message Formats": StartupMessage, CancelRequest). */
export interface Opening {
  /** The database that it asks for; undefined if it only cancels a query of another session. */
  readonly database: string | undefined
  /** What it has sent so far, to be passed on. */
  readonly bytes: Buffer
}

const code = { cancel: 80_877_102, tls: 80_877_103, gss: 80_877_104 }
const headBytes = 8
/** As the server has it: MAX_STARTUP_PACKET_LENGTH. */
const mostBytes = 10_000

/** Reads how a session begins; undefined where the client goes before, or says what no client of PostgreSQL says. */
export async function readOpening(client: Socket): Promise<Opening | undefined> {
  let bytes: Buffer = Buffer.alloc(0)
  for (;;) {
    const length = bytes.length < headBytes ? headBytes : bytes.readInt32BE(0)
    if (length < headBytes || length > mostBytes) return undefined
    if (bytes.length < length || bytes.length < headBytes) {
      const more = await readMore(client)
      if (more === undefined) return undefined
      bytes = Buffer.concat([bytes, more])
      continue
    }
    const word = bytes.readInt32BE(4)
    if (word === code.cancel) return { database: undefined, bytes }
    if (word === code.tls || word === code.gss) {
      // A Unix socket has no encryption, and the client goes on without it.
      client.write('N')
      bytes = bytes.subarray(length)
      continue
    }
    if (word >> 16 !== 3) return undefined
    const { database, user } = readParameters(bytes.subarray(headBytes, length))
    return { database: database ?? user ?? '', bytes }
  }
}

function readParameters(body: Buffer): Readonly<Record<string, string>> {
  const words = body.toString().split('\0')
  const pairs: [string, string][] = []
  for (let at = 0; (words[at] ?? '') !== ''; at += 2) pairs.push([words[at]!, words[at + 1] ?? ''])
  return Object.fromEntries(pairs)
}

/** The next bytes; undefined at the end. */
function readMore(client: Socket): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const done = (bytes: Buffer | undefined): void => {
      client.off('data', onData).off('close', onClose)
      client.pause()
      resolve(bytes)
    }
    const onData = (bytes: Buffer): void => done(bytes)
    const onClose = (): void => done(undefined)
    client.on('data', onData).on('close', onClose)
    client.resume()
  })
}
