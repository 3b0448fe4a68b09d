import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'

/** A started command of ours. */
export interface Command {
  readonly pid: number
  readonly ended: Promise<{ exitCode: number | null; signal: NodeJS.Signals | null; output: string }>
  /** Waits until the text was printed; throws after a minute, or when the command ended without it. */
  untilPrinted(text: string): Promise<void>
  kill(signal: NodeJS.Signals): void
}

const printDeadlineMs = 60_000

/** Starts Node with the arguments; without a terminal, and with a process group of its own. */
export function startCommand(args: readonly string[], cwd: string): Command {
  const child = spawn(process.execPath, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let isOver = false
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const ended = new Promise<Awaited<Command['ended']>>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode, signal) => {
      isOver = true
      resolve({ exitCode, signal, output })
    })
  })
  return {
    pid: child.pid!,
    ended,
    async untilPrinted(text) {
      const deadline = Date.now() + printDeadlineMs
      while (!output.includes(text)) {
        if (isOver || Date.now() > deadline) throw new Error(`"${text}" was not printed, but:\n${output}`)
        await pause(20)
      }
    },
    kill: (signal) => void child.kill(signal),
  }
}
