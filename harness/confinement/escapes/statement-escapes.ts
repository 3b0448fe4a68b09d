import type { Token } from '../../release/token.ts'
import type { Code } from './code.ts'
import { findCopyTarget } from './copy-target.ts'
import type { EscapeName } from '../../config/escape-names.ts'

/** Statements that are an escape, by their first words. */
const statements: readonly (readonly [EscapeName, RegExp])[] = [
  ['server-file', /^(CREATE TABLESPACE|LOAD ')/],
  [
    'other-server',
    /^(CREATE|ALTER) (SERVER|USER MAPPING|FOREIGN DATA WRAPPER|FOREIGN TABLE)\b|^IMPORT FOREIGN SCHEMA\b/,
  ],
  ['untrusted-language', /^CREATE (OR REPLACE )?(TRUSTED )?(PROCEDURAL )?LANGUAGE\b/],
  ['subscription', /^(CREATE|ALTER|DROP) SUBSCRIPTION\b/],
  ['alter-system', /^ALTER SYSTEM\b/],
  ['other-database', /^(CREATE|ALTER|DROP) DATABASE\b/],
  ['role', /^SET (SESSION |LOCAL )?(SESSION AUTHORIZATION (?!DEFAULT\b)|SESSION_AUTHORIZATION\b)/],
]

const wordsRead = 6

/** The escape that the statement beginning at the token is; undefined if it is none. */
export function findStatementEscape(
  { tokens, statements: found }: Code,
  index: number,
): EscapeName | undefined {
  if (found[index]!.start !== index) return undefined
  const words = tokens.slice(index, index + wordsRead).map(toWord)
  if (words[0] === 'COPY') return findCopyWay(tokens, index)
  const text = words.join(' ')
  return statements.find(([, pattern]) => pattern.test(text))?.[0]
}

function findCopyWay(tokens: readonly Token[], index: number): EscapeName | undefined {
  const target = findCopyTarget(tokens, index + 1)
  if (target === undefined || target.word === 'stdin' || target.word === 'stdout') return undefined
  // What is put in later (`%L`, `'COPY t TO ' || …`, `:'file'`) is a file at the least.
  return target.word === 'program' ? 'program' : 'server-file'
}

function toWord({ kind, text }: Token): string {
  if (kind === 'identifier') return text.toUpperCase()
  return kind.endsWith('string') ? "'" : text
}
