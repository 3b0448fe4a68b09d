import type { Evidence } from '../../evidence/schema.ts'
import { splitAbsent } from '../figures.ts'
import { formatCount } from '../units.ts'
import { cell, findActs, hasPerformed, renderAct } from './acts.ts'
import { bullets, escapeText, table } from './syntax.ts'

/** Production before and after: equal in every measure, or which one is not. */
export function renderIsolation(evidence: Evidence): string[] {
  const { before, after } = evidence.production
  const acts = findActs(evidence, 'isolation')
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const measuredTwice = Object.keys(before).length > 0 && Object.keys(after).length > 0
  const different = names.filter((name) => before[name] !== after[name])
  const equal = Object.fromEntries(
    names.filter((name) => !different.includes(name)).map((name) => [name, before[name] ?? null]),
  )
  const { shown, absent } = splitAbsent(equal)
  const rows = [...different, ...Object.keys(shown)].map((name) => [
    escapeText(name),
    renderFigure(before[name]),
    renderFigure(after[name]),
    ...(different.length > 0 ? [different.includes(name) ? '**differs**' : ''] : []),
  ])
  return [
    '## Production isolation',
    ...(acts.length > 0 ? [bullets(acts.map((act) => renderAct(act, evidence)))] : []),
    ...(measuredTwice
      ? [summarise(names.length, different.length)]
      : hasPerformed(acts, 'isolation')
        ? []
        : ['Production was not measured a second time: nothing is shown.']),
    ...(measuredTwice
      ? [
          table(
            [
              { title: 'Measure' },
              { title: 'Before', align: 'right' },
              { title: 'After', align: 'right' },
              ...(different.length > 0 ? [{ title: '' }] : []),
            ],
            rows,
          ),
          ...(absent === 0 ? [] : [`Absent before and after: ${formatCount(absent, 'measure')} more.`]),
        ]
      : []),
  ]
}

function summarise(measures: number, different: number): string {
  if (different === 0)
    return `Before = after in ${measures > 1 ? 'all ' : ''}${formatCount(measures, 'measure')}.`
  return `**Production is not as it was**: ${formatCount(different, 'measure')} of ${measures} differ${different === 1 ? 's' : ''}.`
}

function renderFigure(figure: Parameters<typeof cell>[0] | undefined): string {
  return figure === undefined ? 'not measured' : cell(figure)
}
