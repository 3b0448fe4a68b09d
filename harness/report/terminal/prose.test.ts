import { stripVTControlCharacters, styleText } from 'node:util'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { createProse } from './prose.ts'

const prose = createProse(() => 20)

describe('wrapped text', () => {
  it('fills its first line, and sets the later ones in', () => {
    expect(prose.wrap('Reasons  one two three four five six', '         ')).toEqual([
      'Reasons  one two',
      '         three four',
      '         five six',
    ])
  })

  it('keeps its indent, and spaces between words', () => {
    expect(prose.wrap('    a  b', '    ')).toEqual(['    a  b'])
    expect(prose.indent('a\n  b', '> ')).toEqual(['> a', '>   b'])
  })

  it('counts the columns that a character takes', () => {
    expect(prose.wrap('貸出貸出貸出貸出 貸出貸出', '  ')).toEqual(['貸出貸出貸出貸出', '  貸出貸出'])
    expect(prose.cut('貸出貸出貸出貸出貸出貸出')).toBe('貸出貸出貸出貸出貸…')
  })

  it('closes its colours on every line', () => {
    const lines = prose.wrap(styleText('red', 'one two three four five', { validateStream: false }), '  ')
    expect(lines.map((line) => stripVTControlCharacters(line).trimEnd())).toEqual([
      'one two three four',
      '  five',
    ])
    for (const line of lines) expect(line).toMatch(/^ *\u001b\[31m.*\u001b\[39m$/)
  })

  it('loses no word, and keeps within its columns', () => {
    const word = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => !/\s/.test(text))
    fc.assert(
      fc.property(fc.array(word), fc.constantFrom(' ', '  ', '\n', '\t'), fc.nat(8), (words, gap, hang) => {
        const lines = prose.wrap(words.join(gap), ' '.repeat(hang))
        expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''))
        expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(20)
        const shown = lines.flatMap((line) => line.split(' ').filter(Boolean))
        expect(shown.length).toBeGreaterThanOrEqual(words.length)
      }),
    )
  })
})
