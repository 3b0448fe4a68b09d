import type { Token } from '../tokenise.ts'
import type { Code } from './code.ts'
import { findCopyTarget } from './copy-target.ts'
import type { WayName } from './way-names.ts'

/** Statements that are a way out, by their first words. */
const statements: readonly (readonly [WayName, RegExp])[] = [
  ['server-file', /^(CREATE TABLESPACE|LOAD ')/],
  [
    'other-server',
    /^(CREATE|ALTER) (SERVER|USER MAPPING|FOREIGN DATA WRAPPER|FOREIGN TABLE)\b|^IMPORT FOREIGN SCHEMA\b/,
  ],
  ['untrusted-language', /^CREATE (OR REPLACE )?(TRUSTED )?(PROCEDURAL )?LANGUAGE\b/],
  ['subscription', /^(CREATE|ALTER|DROP) SUBSCRIPTION\b/],
  ['alter-system', /^ALTER SYSTEM\b/],
  ['other-database', /^(CREATE|ALTER|DROP) DATABASE\b/],
  ['role', /^SET (SESSION |LOCAL )?SESSION AUTHORIZATION (?!DEFAULT\b)/],
]

const wordsRead = 6

/** The way out that the statement which begins at the token is; undefined for any other. */
export function findStatementWay({ tokens, statements: found }: Code, index: number): WayName | undefined {
  if (found[index]!.start !== index) return undefined
  const words = tokens.slice(index, index + wordsRead).map(toWord)
  if (words[0] === 'COPY') return findCopyWay(tokens, index)
  const text = words.join(' ')
  return statements.find(([, pattern]) => pattern.test(text))?.[0]
}

function findCopyWay(tokens: readonly Token[], index: number): WayName | undefined {
  const target = findCopyTarget(tokens, index + 1)
  const word = target?.kind === 'identifier' ? target.text.toLowerCase() : undefined
  if (word === 'program') return 'program'
  if (word === 'stdin' || word === 'stdout') return undefined
  // What is put in later (`%L`, `'COPY t TO ' || …`, `:'file'`) is a file at the least; a name begins no target.
  return word === undefined && isCopy(tokens, index) ? 'server-file' : undefined
}

/** COPY as a word of something else, such as the column of an expression, has neither TO nor FROM. */
function isCopy(tokens: readonly Token[], start: number): boolean {
  const end = tokens.findIndex((token, index) => index > start && token.text === ';')
  return tokens
    .slice(start, end < 0 ? undefined : end)
    .some(({ kind, text }) => kind === 'identifier' && /^(to|from)$/i.test(text))
}

function toWord({ kind, text }: Token): string {
  if (kind === 'identifier') return text.toUpperCase()
  return kind.endsWith('string') ? "'" : text
}
