import type { Evidence, Step } from '../../evidence/schema.ts'
import { formatObjectChanges, formatRowChanges } from '../effects.ts'
import { findFaults, judgeStep } from '../outcome.ts'
import { findSummaries } from '../summaries.ts'
import { formatCount } from '../units.ts'
import { renderMoves, renderTime, renderTitle } from './acts.ts'
import { bullets, code, escapeText, headline } from './syntax.ts'

/** One bullet a tier, as the release's own report has it. */
export function renderRunResult(evidence: Evidence): string[] {
  const items = evidence.tiers.map((tier) => renderTier(tier, evidence))
  return [
    `## Run result: ${summarise(evidence)}`,
    bullets(items.length > 0 ? items : ['No tier was reached.']),
  ]
}

function summarise(evidence: Evidence): string {
  const { tiers, tests } = evidence
  if (tiers.length === 0) return 'no tier run'
  const passed = tiers.filter((tier) => judgeStep(tier, tests) === 'PASS').length
  if (passed === tiers.length)
    return `PASS, end to end, ${tiers.length > 1 ? 'all ' : ''}${formatCount(tiers.length, 'tier')}`
  return `${passed} of ${formatCount(tiers.length, 'tier')} passed`
}

function renderTier(tier: Step, evidence: Evidence): string {
  const objects = formatObjectChanges(tier).join(' ')
  const summaries = findSummaries(tier).map(code).join(' ')
  const effects = [
    ...findFaults(tier).map(headline),
    ...renderMoves(tier),
    ...formatRowChanges(tier).map(escapeText),
    ...(objects === '' ? [] : [objects]),
  ].join(', ')
  const time = renderTime(tier)
    .map((text) => ` (${text})`)
    .join('')
  const said = [summaries, effects].filter((part) => part !== '').join(' → ')
  return `${renderTitle(tier, evidence)}${said === '' ? '' : `: ${said}`}${time}.`
}
