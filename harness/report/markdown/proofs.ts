import type { Evidence } from '../../evidence/schema.ts'
import { formatCount } from '../units.ts'
import { findActs, renderAct } from './acts.ts'
import { bullets, code, escapeText, table } from './syntax.ts'

/** The acts that show more than the release's one run does, and all that was allowed to differ on the way. */
export function renderProofs(evidence: Evidence): string[] {
  const acts = findActs(evidence, 'proofs')
  if (acts.length === 0) return []
  return ['## Proofs', bullets(acts.map((act) => renderAct(act, evidence))), ...renderAllowances(evidence)]
}

const kindNames: Record<Evidence['allowances'][number]['kind'], string> = {
  nondeterministic: 'differs between two honest runs',
  'nondeterministic in golden': 'differs from golden in any later run',
  residue: 'not restored by the rollback',
  'partial effect': 'effect declared only in part',
  'lost by a dump': 'lost by a dump',
  'reader may write': 'may write in production',
  escape: 'reaches beyond its database',
}

function renderAllowances({ allowances }: Evidence): string[] {
  const reaching = allowances.filter(({ kind }) => kind === 'escape')
  const excused = allowances.filter(({ kind }) => kind !== 'escape')
  return [
    ...(excused.length === 0
      ? ['Nothing was excused from being compared.']
      : [`Excused from being compared, ${formatCount(excused.length, 'instance')}:`, tabulate(excused)]),
    ...(reaching.length === 0
      ? []
      : [`Allowed to the release, ${formatCount(reaching.length, 'instance')}:`, tabulate(reaching)]),
  ]
}

function tabulate(allowances: Evidence['allowances']): string {
  return table(
    [{ title: 'What' }, { title: 'Allowance' }, { title: 'Reason' }],
    allowances.map(({ kind, subject, reason }) => [code(subject), kindNames[kind], escapeText(reason)]),
  )
}
