import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { XmlDocument } from 'libxml2-wasm'
import { expect, it } from 'vitest'
import rehearsal from '../../rehearsal.config.ts'
import { repository } from '../support/project.ts'
import { drawTerminal } from './picture.ts'

/**
 * What a run wrote on a terminal of 80 columns. After the display has changed:
 * script -qec 'stty cols 80; npm test -s' /dev/null | sed 's/.*\r\x1b\[2K//; s/\r$//' > docs/rehearsal.ansi
 */
const captured = await readFile(join(repository, 'docs/rehearsal.ansi'), 'utf8')
const lines = stripVTControlCharacters(captured).trimEnd().split('\n')

it('shows a run that passed, every tier in its order, and the verdict last', () => {
  const done = lines.flatMap((line) => /^✓ (\S+)/.exec(line)?.[1] ?? [])
  const tiers = rehearsal.release.tiers.map(({ id }) => id)
  expect(done.filter((id) => tiers.some((tier) => tier === id))).toEqual(tiers)
  expect(lines.at(-1)).toMatch(/^PASS {2}One-Roof: \d+ tests, 8 tiers, 4 declared divergences, /)
})

// Drawn anew by: npx vitest run --config tests/vitest.config.ts tests/docs/picture -u
it('is drawn from what the run wrote', async () => {
  await expect(drawTerminal(captured)).toMatchFileSnapshot(join(repository, 'docs/rehearsal.svg'))
})

it('is well-formed, whatever a terminal was told beside text', () => {
  for (const text of [captured, '\u001b[?25h\u001b[2Kshown & <gone>\u001b[?25l']) {
    using document = XmlDocument.fromString(drawTerminal(text))
    expect(document.root.name).toBe('svg')
  }
})

it('draws a text in its columns, with its colours, and nothing as markup', () => {
  const drawn = drawTerminal('\u001b[31m✗\u001b[39m \u001b[1ma < b\u001b[22m  c\n')
  expect(drawn.match(/<text .*/g)).toEqual([
    '<text x="20" y="34" textLength="8.4" lengthAdjust="spacingAndGlyphs" class="red">✗</text>',
    '<text x="36.8" y="34" textLength="42" lengthAdjust="spacingAndGlyphs" class="bold">a &lt; b</text>',
    '<text x="95.6" y="34" textLength="8.4" lengthAdjust="spacingAndGlyphs">c</text>',
  ])
})

it('refuses a colour that it cannot draw', () => {
  expect(() => drawTerminal('\u001b[35mx')).toThrow('code 35')
})
