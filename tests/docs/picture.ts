import { stripVTControlCharacters } from 'node:util'

interface Segment {
  readonly text: string
  readonly classes: readonly string[]
}

const letterWidth = 8.4
const lineHeight = 19
const margin = 20

/** SGR codes of the terminal display → class of the picture. */
const classes: Readonly<Record<string, string>> = {
  1: 'bold',
  2: 'dim',
  31: 'red',
  32: 'green',
  33: 'yellow',
}

const style = `
text { font: 14px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #d7dae0; white-space: pre }
.bold { font-weight: 700 } .dim { opacity: .6 }
.red { fill: #e06c75 } .green { fill: #98c379 } .yellow { fill: #e5c07b }`

/** Draws a terminal's text, colours included, as an SVG; each letter keeps its column in whatever font. */
export function drawTerminal(text: string): string {
  const lines = readSegments(text.trimEnd())
  const columns = Math.max(...lines.map((line) => line.reduce((sum, segment) => sum + lengthOf(segment), 0)))
  const [width, height] = [columns * letterWidth + 2 * margin, lines.length * lineHeight + 2 * margin]
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${height}" width="${round(width)}">`,
    `<style>${style}\n</style>`,
    `<rect width="100%" height="100%" rx="8" fill="#1e2127"/>`,
    ...lines.flatMap(drawLine),
    '</svg>',
  ].join('\n')}\n`
}

function drawLine(segments: readonly Segment[], row: number): string[] {
  let column = 0
  return segments.flatMap((segment) => {
    const x = margin + column * letterWidth
    column += lengthOf(segment)
    return segment.text.trim() === '' ? [] : [drawSegment(segment, x, margin + row * lineHeight + 14)]
  })
}

function drawSegment({ text, classes: names }: Segment, left: number, y: number): string {
  const shown = text.trim()
  const x = left + (text.length - text.trimStart().length) * letterWidth
  const width = [...shown].length * letterWidth
  const look = names.length === 0 ? '' : ` class="${names.join(' ')}"`
  const fit = `textLength="${round(width)}" lengthAdjust="spacingAndGlyphs"`
  return `<text x="${round(x)}" y="${y}" ${fit}${look}>${escapeXml(shown)}</text>`
}

/** Lines of text in one look each; a look lasts until it is taken back, over the end of a line, too. */
function readSegments(text: string): Segment[][] {
  let look: string[] = []
  return text.split('\n').map((line) => {
    const segments: Segment[] = []
    // Parted by codes: text, code, text, code, …, text. Of other control sequences nothing can be seen.
    for (const [index, part] of line.split(/\u001b\[([\d;]*)m/).entries()) {
      if (index % 2 === 0) segments.push({ text: stripVTControlCharacters(part), classes: look })
      else look = part.split(';').reduce(change, look)
    }
    return segments
  })
}

function change(look: string[], sgr: string): string[] {
  if (sgr === '' || sgr === '0') return []
  if (sgr === '22') return look.filter((name) => name !== 'bold' && name !== 'dim')
  if (sgr === '39') return look.filter((name) => name === 'bold' || name === 'dim')
  const name = classes[sgr]
  if (name === undefined) throw new Error(`the picture knows no colour of code ${sgr}`)
  return [...look, name]
}

function lengthOf({ text }: Segment): number {
  return [...text].length
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10)
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
