import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { signalChild } from '../process/child.ts'
import type { PsqlProcess } from './psql-process.ts'

const cancelGraceMs = 1_000
const endGraceMs = 5_000

/**
 * Ends psql so that the server rolls back, and returns when psql and its children are gone. A running statement is
 * cancelled first, else the server would run it to its end. `isWaiting`: psql is waiting at a breakpoint and runs none.
 */
export async function endPsql(psql: PsqlProcess, options: { isWaiting: boolean }): Promise<void> {
  if (psql.isEnded()) return
  const isOver = psql.ended.then(
    () => true,
    () => true,
  )
  const steps: [NodeJS.Signals, number][] = [
    ...(options.isWaiting ? [] : ([['SIGINT', cancelGraceMs]] as [NodeJS.Signals, number][])),
    ['SIGTERM', endGraceMs],
  ]
  for (const [signal, graceMs] of steps) {
    if (hasExited(psql)) break
    // psql alone: were its breakpoint's shell to end first, psql would go on with the script.
    psql.child.kill(signal)
    await Promise.race([exit(psql), isOver, pause(graceMs, undefined, { ref: false })])
  }
  if (!psql.isEnded()) signalChild(psql.child, 'SIGKILL')
  await isOver
}

function hasExited({ child }: PsqlProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function exit(psql: PsqlProcess): Promise<void> {
  if (!hasExited(psql)) await once(psql.child, 'exit')
}
