import type { TerminalStream } from './stream.ts'
import { formatDuration } from '../units.ts'
import type { Prose } from './prose.ts'
import type { Style } from './style.ts'

export interface LiveLine {
  readonly interactive: boolean
  /** Writes lines that stay, above the live one. */
  print(...lines: readonly string[]): void
  /** Shows what is going on, with a spinner and the time since `since`; does nothing where lines are not live. */
  show(text: string, since: number): void
  hide(): void
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const frameMs = 100
/** ECMA-48: to the first column, then erase in line. */
const erase = '\r\u001b[2K'

export function createLiveLine(
  stream: TerminalStream,
  prose: Prose,
  style: Style,
  interactive: boolean,
): LiveLine {
  let current: { text: string; since: number } | null = null
  let timer: NodeJS.Timeout | null = null
  let frame = 0

  const draw = () => {
    if (!current) return
    const elapsed = formatDuration(Date.now() - current.since)
    // One column stays free: a full line would wrap in some terminals, and could not be erased.
    const text = prose.cut(current.text, prose.columns() - elapsed.length - 4)
    stream.write(`${erase}${style.dim(frames[frame % frames.length] ?? '')} ${text} ${style.dim(elapsed)}`)
  }
  const hide = () => {
    if (timer) clearInterval(timer)
    timer = null
    if (current) stream.write(erase)
    current = null
  }

  return {
    interactive,
    hide,
    print(...lines) {
      if (current) stream.write(erase)
      stream.write(lines.map((line) => `${line}\n`).join(''))
      draw()
    },
    show(text, since) {
      if (!interactive) return
      current = { text, since }
      draw()
      timer ??= setInterval(() => {
        frame += 1
        draw()
      }, frameMs).unref()
    },
  }
}
