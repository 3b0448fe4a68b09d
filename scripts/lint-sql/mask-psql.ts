import { tokenise } from '../../harness/release/tokenise.ts'

/**
 * The text as the server might get it, of the same length and with the same lines: psql's commands and COPY's data
 * become blanks, variables become a literal, a name or a number. Characters beyond ASCII become `x`, so that the
 * parser's offsets, which count bytes, are offsets of the text.
 */
export function maskPsql(text: string): string {
  return tokenise(text)
    .map(maskToken)
    .join('')
    .replaceAll(/[^\x00-\x7f]/g, 'x')
}

function maskToken({ kind, text }: { kind: string; text: string }): string {
  switch (kind) {
    case 'byte-order-mark':
    case 'copy-data':
      return blank(text)
    case 'psql-command':
      return isSending.test(text) ? `;${blank(text.slice(1))}` : blank(text)
    case 'psql-variable':
      return maskVariable(text)
    default:
      return text
  }
}

/** Commands that send the statement before them, in place of a semicolon. */
const isSending = /^\\(g|gx|gset|gexec|gdesc|crosstabview|watch)\b/

function maskVariable(text: string): string {
  const quote = text[1]
  if (quote === "'" || quote === '"') return `${quote}${'x'.repeat(text.length - 3)}${quote} `
  return quote === '{' ? 'true'.padEnd(text.length) : '1'.padEnd(text.length)
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ')
}
