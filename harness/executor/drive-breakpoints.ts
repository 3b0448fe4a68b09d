import type { Writable } from 'node:stream'
import { RehearsalError } from '../errors.ts'
import { endPsql } from './end-psql.ts'
import type { ExitedLeg, SteppedRun, Leg } from './leg.ts'
import type { TextWithBreakpoints, MarkKind } from './breakpoints.ts'
import { readMarkedOutput } from './marked-output.ts'
import { readPsqlMessages } from './psql-messages.ts'
import type { PsqlEnd, PsqlProcess } from './psql-process.ts'

interface BreakpointSettings {
  /** Ids of the tiers, by number. */
  readonly ids: readonly string[]
  readonly psql: PsqlProcess
  readonly text: TextWithBreakpoints
  readonly tag: string
}

/** What psql came to: the breakpoint behind a tier, or its end. */
type Arrival = { readonly tier: number } | { readonly end: PsqlEnd }

/** Lets psql, which has not been given its script yet, go from breakpoint to breakpoint. */
export function driveBreakpoints({ ids, psql, text, tag }: BreakpointSettings): SteppedRun {
  let state: 'held' | 'running' | 'ended' = 'held'
  /** The tier behind which psql is held, or was held last; -1 before the first line. */
  let breakpoint = -1
  let started = -1
  const reached = { stdout: -1, stderr: -1 }
  let arrive: (arrival: Arrival) => void = () => undefined
  let fault: RehearsalError | undefined
  let last: ExitedLeg | undefined

  const onMark = (output: 'stdout' | 'stderr') => (kind: MarkKind, tier: number) => {
    if (state === 'held') {
      if (fault === undefined) void endPsql(psql, { isWaiting: false })
      fault ??= passedBy(ids[breakpoint])
    } else if (kind === 'start') started = tier
    else {
      reached[output] = tier
      if (reached.stdout !== tier || reached.stderr !== tier) return
      state = 'held'
      breakpoint = tier
      arrive({ tier })
    }
  }
  const stdout = readMarkedOutput(psql.child.stdout, tag, onMark('stdout'))
  const stderr = readMarkedOutput(psql.child.stderr, tag, onMark('stderr'))
  const noteEnd = (end: PsqlEnd) => {
    if (state === 'held' && breakpoint >= 0 && end.signal === null) fault ??= passedBy(ids[breakpoint])
  }
  // If psql's end cannot be determined, `next` throws the reason.
  psql.ended.then(noteEnd, () => undefined)

  const letGo = async (): Promise<Arrival> => {
    const arrived = new Promise<Arrival>((resolve) => {
      arrive = resolve
    })
    state = 'running'
    if (breakpoint < 0) psql.child.stdin?.end(text.text)
    else (psql.child.stdio[3] as Writable).write('.')
    return Promise.race([arrived, psql.ended.then((end) => ({ end }))])
  }

  const next = async (): Promise<Leg> => {
    if (last !== undefined) throw misuse(`psql has already ended (${last.signal ?? `exit ${last.exitCode}`})`)
    if (state === 'running') throw misuse('psql is still running towards the next breakpoint')
    const startedAt = performance.now()
    const from = breakpoint
    const arrival = await letGo()
    if (fault !== undefined) throw fault
    const common = {
      ...readPsqlMessages(text.clean(stderr.take()), psql.toFile),
      output: text.clean(stdout.take()),
      durationMs: performance.now() - startedAt,
    }
    if ('tier' in arrival) {
      return {
        kind: 'boundary',
        tier: ids[arrival.tier]!,
        skipped: ids.slice(from + 1, arrival.tier),
        ...common,
      }
    }
    state = 'ended'
    const isWhole = arrival.end.exitCode === 0
    const current = isWhole || started <= from ? undefined : started
    const skipped = ids.slice(from + 1, isWhole ? ids.length : (current ?? from + 1))
    last = {
      kind: 'exited',
      ...arrival.end,
      tier: current === undefined ? null : ids[current]!,
      skipped,
      ...common,
    }
    return last
  }

  return {
    next,
    async finish() {
      const leg = last ?? (await next())
      if (leg.kind === 'exited') return leg
      throw misuse(`expected psql to exit; it is waiting after ${leg.tier}`)
    },
    [Symbol.asyncDispose]: () => endPsql(psql, { isWaiting: state === 'held' }),
  }
}

function passedBy(tier: string | undefined): RehearsalError {
  return new RehearsalError('EXECUTOR_FAILED', `psql continued after ${tier} without being released`, {
    hint: "the breakpoint's shell was killed from outside: rehearse again, without killing its processes",
  })
}

function misuse(what: string): RehearsalError {
  return new RehearsalError('EXECUTOR_FAILED', what, {
    hint: 'request one leg after another, up to the end',
  })
}
