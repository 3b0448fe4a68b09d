import type { Include } from '../release/includes.ts'

export type MarkKind = 'start' | 'end'

/** The script's text with a breakpoint at each tier, on the tier's own line, so that line numbers stay. */
export interface TextWithBreakpoints {
  readonly text: string
  /** Takes the breakpoints' own text out of output that has it, as under `\set ECHO all`. */
  clean(output: string): string
}

/**
 * Puts marks on both outputs before and after each include and, after it, a shell that waits for one byte on file
 * descriptor 3. Without it (the descriptor is closed: we died) the shell ends psql, which would else go on.
 */
export function addBreakpoints(text: string, includes: readonly Include[], tag: string): TextWithBreakpoints {
  const additions: string[] = []
  const mark = (kind: MarkKind, tier: number) =>
    `\\echo ${tag} ${kind} ${tier} \\\\ \\warn ${tag} ${kind} ${tier} \\\\ `
  let result = ''
  let copied = 0
  for (const [tier, { token }] of includes.entries()) {
    const before = mark('start', tier)
    // The comment sign takes a carriage return at the line's end.
    const after = ` \\\\ ${mark('end', tier)}\\! [ "$(head -c1 <&3 2>/dev/null)" = . ] || kill $PPID #`
    const end = token.offset + token.text.length
    result += text.slice(copied, token.offset) + before + token.text + after
    copied = end
    additions.push(before, after)
  }
  return {
    text: result + text.slice(copied),
    clean: (output) => additions.reduce((rest, addition) => rest.replaceAll(addition, ''), output),
  }
}
