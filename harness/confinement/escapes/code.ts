import { commandName } from '../../release/meta-command.ts'
import type { Token } from '../../release/token.ts'
import { isGap, tokenise } from '../../release/tokenise.ts'
import { decodeLiteral } from './decode-literal.ts'

/** One statement, or one part of a block of PL/pgSQL. */
interface Statement {
  readonly start: number
  /** The word with which it begins, in lower case. */
  readonly first: string
  /** psql's command that sends it; undefined where a semicolon does. */
  sentBy: string | undefined
}

/** SQL as the server will read it, by tokens: the script itself, or the text of a literal in it. */
export interface Code {
  /** Without gaps, and without psql's commands but for those that send a statement. */
  readonly tokens: readonly Token[]
  /** Where in the script a token's offset is. */
  readonly place: (offset: number) => number
  /** For each token the statement that it belongs to. */
  readonly statements: readonly Statement[]
}

/**
 * A script's code, then that of its literals to any depth: bodies of functions and of DO, and texts that begin as a
 * statement does, since they may be handed to EXECUTE. What a statement only says or stores is not read as code.
 */
export function readCode(sql: string): Code[] {
  return withLiterals(tokenise(sql), (offset) => offset)
}

/** True of a token of a statement that only says something. */
export function isSaid({ statements }: Code, index: number): boolean {
  return /^(raise|comment|security)$/.test(statements[index]!.first)
}

/** True of one of the words, given in lower case, if it is not quoted: in quotes it would be a name. */
export function isKeyword(token: Token | undefined, ...words: string[]): boolean {
  return token?.kind === 'identifier' && words.includes(token.text.toLowerCase())
}

/** The name that a token writes, as the server reads it; undefined for what is no name. */
export function nameOf(token: Token | undefined): string | undefined {
  if (token?.kind === 'identifier') return token.text.toLowerCase()
  return token?.kind.endsWith('-identifier') === true ? decodeLiteral(token)?.text : undefined
}

function withLiterals(all: readonly Token[], place: Code['place']): Code[] {
  const tokens = all.filter((token) => !isGap(token) && token.kind !== 'copy-data' && !isBeside(token))
  const code = { tokens, statements: findStatements(tokens), place }
  const settings = all.filter(({ kind, text }) => kind === 'psql-command' && commandName(text) === 'set')
  return [
    code,
    ...joinLiterals(code).flatMap((literal) => openLiteral(literal, place)),
    ...settings.flatMap((command) => openSetting(command, place)),
  ]
}

/** psql's commands that leave the statement around them alone. */
function isBeside({ kind, text }: Token): boolean {
  const sends = /^(g|gx|gset|gexec|gdesc|crosstabview|watch|r|reset|q|quit)$/
  return kind === 'psql-command' && !sends.test(commandName(text))
}

function findStatements(tokens: readonly Token[]): Statement[] {
  let current: Statement | undefined
  return tokens.map((token, start) => {
    if (current === undefined || followsEnd(tokens[start - 1]!)) {
      current = { start, first: token.text.toLowerCase(), sentBy: undefined }
    }
    if (token.kind === 'psql-command') current.sentBy = commandName(token.text)
    return current
  })
}

/** True of a token behind which a statement begins, in PL/pgSQL and on its own. */
function followsEnd(before: Token): boolean {
  if (before.kind === 'psql-command' || before.text === '>>') return true
  if (before.text === ';' || before.text === '\\;') return true
  return isKeyword(before, 'begin', 'then', 'else', 'loop', 'atomic')
}

interface Literal {
  readonly text: string
  readonly offsets: readonly number[]
  readonly isBody: boolean
}

/**
 * The literals that may be run; one that goes on after a line break is one with the next (PostgreSQL manual, 4.1.2.1).
 */
function joinLiterals({ tokens, statements }: Code): Literal[] {
  const literals: { text: string; offsets: number[]; isBody: boolean }[] = []
  let open: (typeof literals)[number] | undefined
  for (const [index, token] of tokens.entries()) {
    const decoded =
      token.kind.endsWith('string') && !isStored(statements[index]!) ? decodeLiteral(token) : undefined
    const isBody = token.kind === 'dollar-string'
    if (decoded === undefined) open = undefined
    else if (open !== undefined && !open.isBody && !isBody) {
      open.text += decoded.text
      open.offsets.push(...decoded.offsets)
    } else literals.push((open = { text: decoded.text, offsets: [...decoded.offsets], isBody }))
  }
  return literals
}

/** True of a statement that only says or stores its literals; not where `\gexec` runs what it gives back. */
function isStored({ first, sentBy }: Statement): boolean {
  return /^(raise|comment|security|assert|insert|update|merge)$/.test(first) && sentBy !== 'gexec'
}

function openLiteral({ text, offsets, isBody }: Literal, place: Code['place']): Code[] {
  if (!isBody && !beginning.test(text)) return []
  return withLiterals(tokenise(text, { psql: false }), (offset) => place(offsets[offset]!))
}

/** `\set name …`: what the variable holds may be run by `:name`. */
function openSetting({ text, offset: start }: Token, place: Code['place']): Code[] {
  const name = /^\\set\s+\S+\s+/.exec(text)?.[0].length
  if (name === undefined) return []
  const tokens = tokenise(text.slice(name), { psql: false })
  return withLiterals(tokens, (offset) => place(start + name + offset))
}

const gap = String.raw`\s|--[^\n]*\n|/\*[\s\S]*?\*/`

/** How a statement begins, or a block of PL/pgSQL. */
const beginning = new RegExp(
  String.raw`^(?:${gap})*(?:<<|\(\s*select\b|(?:alter|begin|call|copy|create|declare|delete|do|drop|end|execute|explain|` +
    'grant|if|import|insert|load|merge|perform|prepare|refresh|reindex|reset|return|revoke|select|set|table|update|' +
    String.raw`values|with)\b)`,
  'i',
)
