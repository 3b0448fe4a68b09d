import { createServer, connect, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRunDirectory, type RunDirectory } from '../cluster/run-directory.ts'
import { readOpening, type Opening } from './opening.ts'

let run: RunDirectory
let server: Server
let opened: (opening: Opening | undefined, client: Socket) => void

beforeAll(async () => {
  run = await makeRunDirectory()
  server = createServer((client) => {
    client.on('error', () => undefined)
    void readOpening(client).then((opening) => opened(opening, client))
  })
  await new Promise<void>((resolve) => server.listen(join(run.path, 'socket'), resolve))
})
afterAll(async () => {
  server.close()
  await run[Symbol.asyncDispose]()
})

function message(word: number, body = ''): Buffer {
  const head = Buffer.alloc(8)
  head.writeInt32BE(8 + Buffer.byteLength(body), 0)
  head.writeInt32BE(word, 4)
  return Buffer.concat([head, Buffer.from(body)])
}

/** What is read of a client that sends these pieces one by one, and then goes; and what it was answered meanwhile. */
async function open(pieces: readonly Buffer[]): Promise<{ opening: Opening | undefined; answer: string }> {
  const client = connect(join(run.path, 'socket'))
  let answer = ''
  client.on('data', (bytes: Buffer) => (answer += bytes.toString()))
  const read = new Promise<Opening | undefined>((resolve) => {
    opened = (opening, other) => {
      other.destroy()
      resolve(opening)
    }
  })
  for (const piece of pieces) {
    client.write(piece)
    await pause(5)
  }
  client.end()
  const opening = await read
  client.destroy()
  return { opening, answer }
}

const start = (body: string, minor = 0) => message((3 << 16) + minor, body)
const [tls, gss, cancel] = [message(80_877_103), message(80_877_104), message(80_877_102, 'key & id')]

describe('the opening of a session', () => {
  it('names the database that is asked for, or else the one that is called as the user', async () => {
    const named = start('user\0ann\0database\0greenfield\0application_name\0database\0\0')
    expect(await open([named])).toEqual({ opening: { database: 'greenfield', bytes: named }, answer: '' })
    const unnamed = start('user\0ann\0\0', 2)
    expect(await open([unnamed])).toEqual({ opening: { database: 'ann', bytes: unnamed }, answer: '' })
  })

  it('may come in pieces, with what follows it', async () => {
    const named = start('user\0ann\0database\0größe\0\0')
    const pieces = [...named].map((byte) => Buffer.from([byte]))
    expect((await open(pieces)).opening).toEqual({ database: 'größe', bytes: named })
    const more = Buffer.concat([named, Buffer.from('next')])
    expect((await open([more])).opening).toEqual({ database: 'größe', bytes: more })
  })

  it('comes without encryption, which is told to whoever asks for it first', async () => {
    const named = start('user\0ann\0database\0greenfield\0\0')
    expect(await open([tls, gss, named])).toEqual({
      opening: { database: 'greenfield', bytes: named },
      answer: 'NN',
    })
  })

  it('may be the wish to cancel what another session is at', async () => {
    expect((await open([cancel])).opening).toEqual({ database: undefined, bytes: cancel })
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a part of one', start('user\0ann\0\0').subarray(0, 12)],
    ['another language', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a protocol that is not known', message(4 << 16, 'user\0ann\0\0')],
    ['a length that no opening has', Buffer.from([0, 0, 0, 4, 0, 3, 0, 0])],
  ])('is none where a client says %s', async (_what, bytes) => {
    expect((await open([bytes])).opening).toBeUndefined()
  })
})
