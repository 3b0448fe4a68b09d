import type { RehearsalConfig } from '../config/rehearsal.ts'
import { printLost, readDumpLosses } from '../evidence/dump-loss-fact.ts'
import type { Allowance, Step, TestRecord } from '../evidence/schema.ts'
import { readerName } from '../production-access/reader.ts'
import type { TakenEscape } from '../confinement/escapes/check-escapes.ts'

export interface Allowing {
  readonly config: RehearsalConfig | undefined
  readonly steps: readonly Step[]
  readonly tests: readonly TestRecord[]
  readonly escapes: readonly TakenEscape[]
}

/**
 * Everything that a run excused from comparison or refusal, and each escape that the release is allowed, with its
 * reason.
 */
export function gatherAllowances({ config, steps, tests, escapes }: Allowing): Allowance[] {
  const declared = (kind: Allowance['kind'], reasons: Readonly<Record<string, string>> = {}): Allowance[] =>
    Object.entries(reasons).map(([subject, reason]) => ({ kind, subject, reason }))
  const mayWrite = config?.production.readerMayWrite
  return [
    ...(mayWrite === undefined ? [] : declared('reader may write', { [readerName]: mayWrite })),
    ...declared('nondeterministic', config?.nondeterministic),
    ...declared('nondeterministic in golden', config?.golden?.nondeterministic),
    ...declared('residue', config?.release.rollback?.residue?.sequences),
    ...tests.flatMap(({ step, declares }) =>
      step !== null && declares?.partial != null
        ? [{ kind: 'partial effect' as const, subject: step, reason: declares.partial }]
        : [],
    ),
    ...steps.flatMap((step) =>
      readDumpLosses(step).map((loss) => ({
        kind: 'lost by a dump' as const,
        subject: printLost(loss),
        reason: `${loss.rule} (${step.id})`,
      })),
    ),
    ...escapes.map(({ way, file, line, column, text }) => ({
      kind: 'escape' as const,
      subject: `${way}: ${text} (${file}:${line}:${column})`,
      reason: config?.release.allows?.[way] ?? '',
    })),
  ]
}
