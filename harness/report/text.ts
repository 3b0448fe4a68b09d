import { stripVTControlCharacters } from 'node:util'

/** Text as reports show it: without terminal colours and without passwords. */
export function plainText(text: string): string {
  return redactPasswords(stripVTControlCharacters(text))
}

/**
 * Replaces the password in connection URLs, `password=…` settings and `PGPASSWORD=…` by `***`. A second line of
 * defence: nothing that reaches a report should hold one.
 */
function redactPasswords(text: string): string {
  return text
    .replace(/(\bpostgres(?:ql)?:\/\/[^\s:@/]*:)\S*@/gi, '$1***@')
    .replace(/(\b(?:PGPASSWORD|password)\s*=\s*)(?:'(?:[^'\\]|\\.)*'|"[^"]*"|[^\s&;,'")]+)/gi, '$1***')
}

/**
 * Why a step or test was blocked, without the message of its blocker, which is reported there. `T1 failed: …` → `T1
 * failed`.
 */
export function briefly(reason: string): string {
  return reason.replace(/^((?:blocked: )?[\w-]+ (?:failed|could not be performed)): .*$/s, '$1')
}

export function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? ''
}
