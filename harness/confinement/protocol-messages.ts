/** A refusal as a server words it (PostgreSQL manual, "Error and Notice Message Fields"). */
export interface Refusal {
  readonly sqlstate: string
  readonly message: string
  readonly hint: string
}

/** An ErrorResponse that ends a session (PostgreSQL manual, "Message Formats"). */
export function writeFatal({ sqlstate, message, hint }: Refusal): Buffer {
  // psql-messages.ts recognizes the SQLSTATE of a message by the location after it.
  const location = { F: 'dress-rehearsal', L: '1', R: 'relay' }
  const fields = Object.entries({
    S: 'FATAL',
    V: 'FATAL',
    C: sqlstate,
    M: message,
    H: hint,
    ...location,
  })
  const body = Buffer.from(`${fields.map(([code, text]) => `${code}${text}\0`).join('')}\0`)
  const head = Buffer.alloc(5, 'E')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

/** Name and value of a ParameterStatus message, given without its head. */
export function readParameterStatus(body: Buffer): [name: string, value: string] {
  const [name = '', value = ''] = body.toString().split('\0')
  return [name, value]
}
