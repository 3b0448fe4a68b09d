import type { RehearsalConfig } from '../config/rehearsal.ts'
import type { Allowance, Step, TestRecord } from '../evidence/schema.ts'
import { readerName } from '../production-access/reader.ts'
import type { TakenWay } from '../confinement/escapes/check-escapes.ts'

export interface Allowing {
  readonly config: RehearsalConfig | undefined
  readonly steps: readonly Step[]
  readonly tests: readonly TestRecord[]
  readonly waysOut: readonly TakenWay[]
}

/** All that a run excused from being compared or refused, and each way out that the release may take, with its reason. */
export function gatherAllowances({ config, steps, tests, waysOut }: Allowing): Allowance[] {
  const declared = (kind: Allowance['kind'], reasons: Readonly<Record<string, string>> = {}): Allowance[] =>
    Object.entries(reasons).map(([subject, reason]) => ({ kind, subject, reason }))
  const mayWrite = config?.production.readerMayWrite
  return [
    ...(mayWrite === undefined ? [] : declared('reader may write', { [readerName]: mayWrite })),
    ...declared('volatile', config?.volatile),
    ...declared('volatile in golden', config?.golden.volatile),
    ...declared('residue', config?.release.rollback.residue?.sequences),
    ...tests.flatMap(({ step, declares }) =>
      step !== null && declares?.partial != null
        ? [{ kind: 'partial effect' as const, subject: step, reason: declares.partial }]
        : [],
    ),
    ...steps.flatMap(({ id, facts }) =>
      readTexts(facts['notCarried']).map((text) => ({
        kind: 'not carried by a dump' as const,
        subject: text.slice(text.indexOf(': ') + 2),
        reason: `${text.slice(0, text.indexOf(': '))} (${id})`,
      })),
    ),
    ...waysOut.map(({ way, file, line, column, text }) => ({
      kind: 'way out' as const,
      subject: `${way}: ${text} (${file}:${line}:${column})`,
      reason: config?.release.allows?.[way] ?? '',
    })),
  ]
}

function readTexts(fact: Step['facts'][string] | undefined): string[] {
  return Array.isArray(fact) ? fact.map(String) : []
}
