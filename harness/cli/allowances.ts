import type { RehearsalConfig } from '../config/rehearsal.ts'
import type { Allowance, Step, TestRecord } from '../evidence/schema.ts'
import { readerName } from '../isolation/reader.ts'

/** All that a run excused from being compared or refused, each with its reason. */
export function gatherAllowances(
  config: RehearsalConfig | undefined,
  steps: readonly Step[],
  tests: readonly TestRecord[],
): Allowance[] {
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
  ]
}

function readTexts(fact: Step['facts'][string] | undefined): string[] {
  return Array.isArray(fact) ? fact.map(String) : []
}
