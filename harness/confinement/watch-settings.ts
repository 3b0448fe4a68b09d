import { Transform } from 'node:stream'
import { readParameterStatus, writeFatal, type Refusal } from './protocol-messages.ts'

/** A message's kind and its length, which counts itself (PostgreSQL manual, "Message Formats"). */
const headBytes = 5
const parameterStatus = 'S'.charCodeAt(0)

/**
 * Passes on what a server sends in a session, up to the first setting by which psql would read a script otherwise than
 * it was read here: in its place goes an error that ends the session.
 */
export function watchSettings(): Transform {
  /** Bytes still to come of a message that passes as it comes. */
  let rest = 0
  /** The beginning of a message that goes on in the next chunk. */
  let held: Buffer = Buffer.alloc(0)
  let isOver = false
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const bytes = Buffer.concat([held, chunk])
      let at = 0
      while (at < bytes.length && !isOver) {
        const passing = Math.min(rest, bytes.length - at)
        at += passing
        rest -= passing
        if (bytes.length - at < headBytes) break
        const length = bytes.readInt32BE(at + 1) + 1
        if (bytes[at] !== parameterStatus) rest = length
        else if (bytes.length - at < length) break
        else {
          const refusal = judge(...readParameterStatus(bytes.subarray(at + headBytes, at + length)))
          if (refusal === undefined) at += length
          else {
            this.push(Buffer.concat([bytes.subarray(0, at), writeFatal(refusal)]))
            this.push(null)
            isOver = true
          }
        }
      }
      held = bytes.subarray(at)
      if (isOver || at === 0) done()
      else done(null, bytes.subarray(0, at))
    },
  })
}

/**
 * Encodings in which a byte of a letter can be that of a quote or a backslash: those of "Supported Character Sets" in the
 * PostgreSQL manual that no server has.
 */
const unsafeEncodings = new Set(['BIG5', 'GB18030', 'GBK', 'JOHAB', 'SHIFT_JIS_2004', 'SJIS', 'UHC'])

function judge(name: string, value: string): Refusal | undefined {
  const isUnsafe =
    name === 'standard_conforming_strings'
      ? value !== 'on'
      : name === 'client_encoding' && unsafeEncodings.has(value.toUpperCase())
  if (!isUnsafe) return undefined
  return {
    sqlstate: '0A000',
    message: `${name} became ${value}: psql would read the rest of the script differently from the harness`,
    hint: `do not change ${name}, neither here nor in the settings of the role and the database`,
  }
}
