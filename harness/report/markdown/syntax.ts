import { firstLine, plainText } from '../text.ts'

export interface Column {
  readonly title: string
  /** Numbers are aligned right. */
  readonly align?: 'right'
}

/** A table; cells are Markdown already. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(columns.map((column) => escapeText(column.title))),
    line(columns.map((column) => (column.align === 'right' ? '---:' : '---'))),
    ...rows.map(line),
  ].join('\n')
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item.replaceAll('\n', '\n  ')}`).join('\n')
}

/** Text on one line that means nothing to Markdown, in a table's cell either. */
export function escapeText(text: string): string {
  return plainText(text)
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*<>[\]|~]/g, '\\$&')
    .replaceAll(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/^([#+-]|\d+[.)])(?=\s)/, '\\$1')
}

/** Code on one line, with a fence longer than any run of backticks in it. */
export function code(text: string): string {
  const line = plainText(text).trim().replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')
  if (line === '') return ''
  const fence = '`'.repeat(longestRun(line) + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

export function codeBlock(text: string): string {
  const content = plainText(text).trimEnd()
  const fence = '`'.repeat(Math.max(3, longestRun(content) + 1))
  return `${fence}text\n${content}\n${fence}`
}

/** The first line of a message as text, for a bullet that has no room for all of it. */
export function headline(text: string): string {
  return escapeText(firstLine(plainText(text)))
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}
