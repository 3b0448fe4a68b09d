import type { Evidence } from '../../evidence/schema.ts'
import { findActs, renderAct } from './acts.ts'
import { bullets } from './syntax.ts'

/** The re-run that must be refused and the rollbacks that must bring the entry state back. */
export function renderSecondRunAndRollback(evidence: Evidence): string[] {
  const acts = findActs(evidence, 'second run and rollback')
  return [
    '## Second run and rollback',
    bullets(acts.length > 0 ? acts.map((act) => renderAct(act, evidence)) : ['Neither was reached.']),
  ]
}
