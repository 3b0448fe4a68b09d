import { quote } from './guard-expression.ts'
import { findGuards } from './guards.ts'
import { decodeScript, encodeScript } from './read-text.ts'

/** The files with the literal of every guard for `from` made `to`; all else stays byte by byte. */
export function redirectGuards(
  files: ReadonlyMap<string, Uint8Array>,
  from: string,
  to: string,
): Map<string, Uint8Array> {
  return new Map([...files].map(([path, bytes]) => [path, redirectFile(path, bytes, from, to)]))
}

function redirectFile(path: string, bytes: Uint8Array, from: string, to: string): Uint8Array {
  const text = decodeScript(path, bytes)
  let result = ''
  let copied = 0
  for (const { literalOffset, literal } of findGuards(text, from)) {
    result += text.slice(copied, literalOffset) + quote(to)
    copied = literalOffset + literal.length
  }
  return encodeScript(result + text.slice(copied))
}
