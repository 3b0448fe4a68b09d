import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { MarkKind } from './breakpoints.ts'

/** One output of psql, with the breakpoints' marks taken out as they come. */
export interface MarkedOutput {
  /** What has come since the last call, without marks. */
  take(): string
}

/** Reads a stream to its end; reports each mark once it is complete. */
export function readMarkedOutput(
  stream: Readable | null,
  tag: string,
  onMark: (kind: MarkKind, tier: number) => void,
): MarkedOutput {
  const decoder = new StringDecoder('utf8')
  // Under `\set ECHO all` psql prints the breakpoint's line itself: there a mark does not end its line.
  const mark = new RegExp(`${tag} (start|end) (\\d+)\n`)
  let text = ''
  let pending = ''
  stream?.on('data', (chunk: Buffer) => {
    pending += decoder.write(chunk)
    for (let match = mark.exec(pending); match; match = mark.exec(pending)) {
      text += pending.slice(0, match.index)
      pending = pending.slice(match.index + match[0].length)
      onMark(match[1] as MarkKind, Number(match[2]))
    }
    // Only the last line may hold a mark of which more is to come.
    const lastLine = pending.lastIndexOf('\n') + 1
    text += pending.slice(0, lastLine)
    pending = pending.slice(lastLine)
  })
  return {
    take() {
      const taken = text + pending
      text = ''
      pending = ''
      return taken
    },
  }
}
