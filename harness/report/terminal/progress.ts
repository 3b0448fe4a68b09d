import { plainText } from '../text.ts'
import { formatDuration } from '../units.ts'
import type { LiveLine } from './live-line.ts'
import type { Prose } from './prose.ts'
import type { Style } from './style.ts'

export interface Progress {
  begin(id: string, title: string): void
  report(id: string, message: string): void
  end(id: string): void
  stop(): void
}

/** Without a live line, a step that is quicker than this says nothing of its progress. */
const quietMs = 5_000
/** … and a longer one speaks no more often than this. */
const pauseMs = 10_000

/** Progress of the running step: a live line, or a plain one now and then. */
export function createProgress(live: LiveLine, prose: Prose, style: Style): Progress {
  let running: { id: string; title: string; since: number; message: string } | null = null
  let timer: NodeJS.Timeout | null = null

  const stop = () => {
    if (timer) clearTimeout(timer)
    timer = null
    running = null
    live.hide()
  }
  const speakAfter = (ms: number) => {
    timer = setTimeout(() => {
      if (!running) return
      const elapsed = formatDuration(Date.now() - running.since)
      live.print(...prose.wrap(`  ${describe(running)} … ${elapsed}`, '      ').map(style.dim))
      speakAfter(pauseMs)
    }, ms).unref()
  }

  return {
    begin(id, title) {
      stop()
      running = { id, title, since: Date.now(), message: '' }
      if (live.interactive) live.show(describe(running), running.since)
      else speakAfter(quietMs)
    },
    report(id, message) {
      if (running?.id !== id) return
      running.message = plainText(message)
      live.show(describe(running), running.since)
    },
    end(id) {
      if (running?.id === id) stop()
    },
    stop,
  }
}

function describe({ id, title, message }: { id: string; title: string; message: string }): string {
  return message === '' ? `${id} ${title}` : `${id} ${title}: ${message}`
}
