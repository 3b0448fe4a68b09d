import { formatBytes, formatDuration } from '../../harness/report/units.ts'
import type { Absence, Difference, Findings, Pair, Results } from './results.ts'

type Head = Pick<Results, 'project' | 'size' | 'databaseBytes'> & {
  readonly machine: Omit<Results['machine'], 'loadAfter'>
}

const width = 80
const figureWidth = 11

/** What is measured, and on what, in lines of at most 80 characters, as all that is printed. */
export function renderHead(head: Head): string {
  const { machine } = head
  return renderBlock([
    `${head.project}, ${head.size} size: production of ${formatBytes(head.databaseBytes)}`,
    `${machine.cpu}, ${machine.cores} cores, ${formatBytes(machine.memoryBytes)}, ${machine.platform}`,
    `PostgreSQL ${machine.postgres}, Node.js ${machine.node}; load ${machine.loadBefore.toFixed(1)}`,
    line('', 'minimum', 'median'),
  ])
}

/** What one benchmark found. */
export function renderFindings({ pairs, absences = [], differences = [] }: Findings): string {
  const blocks = [
    ...pairs.map(renderPair),
    ...absences.map(renderAbsence),
    ...differences.map(renderDifference),
  ]
  return blocks.map(renderBlock).join('\n')
}

function renderBlock(lines: readonly string[]): string {
  return `${lines.flatMap((text) => wrap(text)).join('\n')}\n`
}

/** One line on the limits: nothing fails on them, and none that is passed is hidden. */
export function renderLimits(pairs: readonly Pair[]): string {
  const over = pairs.filter(({ isKept }) => isKept === false)
  const kept = pairs.filter(({ isKept }) => isKept === true)
  const told = over.map(({ benchmark, name }) => `${benchmark} (${name})`).join(', ')
  return wrap(`${kept.length} within their limit, ${over.length} over it${told && `: ${told}`}`).join('\n')
}

function renderPair({ benchmark, name, a, b, ratio, limit, isKept }: Pair): string[] {
  const verdict = isKept === null ? 'no limit' : `limit ${limit} ×: ${isKept ? 'kept' : 'OVER ITS LIMIT'}`
  const times = (count: number) => `${count.toFixed(count < 10 ? 2 : 0)} ×`
  return [
    `${benchmark}: ${name} (${a.roundsMs.length} ${a.roundsMs.length === 1 ? 'round' : 'rounds'})`,
    ...figures(`  A ${a.what}`, formatDuration(a.minMs), formatDuration(a.medianMs)),
    ...figures(`  B ${b.what}`, formatDuration(b.minMs), formatDuration(b.medianMs)),
    line(`  A / B, ${verdict}`, times(ratio.ofMinima), times(ratio.ofMedians)),
  ]
}

function renderAbsence({ benchmark, what, reason }: Absence): string[] {
  return [`${benchmark}: ${what}`, `  not measured: ${reason}`]
}

function renderDifference({ difference, says }: Difference): string[] {
  const sentences = Object.entries(says).map(
    ([who, told]) => `  ${who}: ${told.length === 0 ? 'EQUAL' : told.join('; ')}`,
  )
  return [`difference: ${difference}`, ...sentences]
}

/** A text that may take several lines, with figures at the end of the last one. */
function figures(text: string, ...values: readonly string[]): string[] {
  const lines = wrap(text, width - values.length * figureWidth)
  return [...lines.slice(0, -1), line(lines.at(-1)!, ...values)]
}

function line(text: string, ...values: readonly string[]): string {
  const columns = values.map((value) => value.padStart(figureWidth)).join('')
  return `${text.padEnd(width - columns.length)}${columns}`
}

/** Breaks a text at its blanks; what goes on is indented a little further than it begins. */
function wrap(text: string, most = width): string[] {
  const indent = /^ */.exec(text)![0]
  const lines = ['']
  for (const word of text.split(/(?<=\S)(?= )/)) {
    const longer = `${lines.at(-1)}${word}`
    if (longer.length <= most || lines.at(-1) === '') lines[lines.length - 1] = longer
    else lines.push(`${indent}  ${word.trimStart()}`)
  }
  return lines
}
