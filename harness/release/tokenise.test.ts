import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tokeniseDeeply } from './deep-tokens.ts'
import { tokenise } from './tokenise.ts'

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      "'",
      '"',
      '$$',
      '$a$',
      '$',
      '\\',
      '\\\\',
      '\\ir t.sql',
      '/*',
      '*/',
      '--',
      '\n',
      '\r\n',
      ' ',
    ),
    fc.constantFrom(
      "E'",
      "U&'",
      'U&"',
      "x'1f'",
      ':v',
      ":'v'",
      ':"v"',
      '::',
      ':=',
      '<>',
      '@-',
      '1.5e3',
      '$1',
      'ä',
      '😀',
    ),
    fc.constantFrom(
      'copy t from stdin;\n',
      '\\.\n',
      '\\! rm "',
      '\uFEFF',
      '\0',
      ';',
      '(',
      'SELECT',
      '1..3',
      'a$b$',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  ),
  { maxLength: 30 },
)

it.each([
  ['a script', tokenise],
  ['a script and the bodies in it', tokeniseDeeply],
])(
  'splits %s into tokens whose joined texts and offsets are the script, whatever it holds',
  (_what, split) => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const sql = parts.join('')
        const tokens = split(sql)
        expect(tokens.map((token) => token.text).join('')).toBe(sql)
        for (const token of tokens) expect(sql.startsWith(token.text, token.offset)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  },
)

const kinds = (sql: string) =>
  tokenise(sql)
    .filter((token) => token.kind !== 'whitespace')
    .map((token) => [token.kind, token.text])

it.each<[string, [string, string][]]>([
  [
    "'it''s' 'a\\'",
    [
      ['string', "'it''s'"],
      ['string', "'a\\'"],
    ],
  ],
  [
    "E'a\\'b' e''",
    [
      ['escape-string', "E'a\\'b'"],
      ['escape-string', "e''"],
    ],
  ],
  [
    "E'a'\n'b\\'c'",
    [
      ['escape-string', "E'a'"],
      ['escape-string', "'b\\'c'"],
    ],
  ],
  [
    "E'a' -- x\n'b\\'c'",
    [
      ['escape-string', "E'a'"],
      ['line-comment', '-- x'],
      ['escape-string', "'b\\'c'"],
    ],
  ],
  [
    "U&\"d\\0061t\" U&'x' B'01'",
    [
      ['unicode-identifier', 'U&"d\\0061t"'],
      ['unicode-string', "U&'x'"],
      ['bit-string', "B'01'"],
    ],
  ],
  [
    '/* a /* b */ c */x',
    [
      ['block-comment', '/* a /* b */ c */'],
      ['identifier', 'x'],
    ],
  ],
  ['$a$ $$ $b$ $a$', [['dollar-string', '$a$ $$ $b$ $a$']]],
  ['a$b$c', [['identifier', 'a$b$c']]],
  [
    '$1+$2',
    [
      ['parameter', '$1'],
      ['operator', '+'],
      ['parameter', '$2'],
    ],
  ],
  [
    'a<>-1',
    [
      ['identifier', 'a'],
      ['operator', '<>'],
      ['operator', '-'],
      ['number', '1'],
    ],
  ],
  [
    'a@-1',
    [
      ['identifier', 'a'],
      ['operator', '@-'],
      ['number', '1'],
    ],
  ],
  [
    'a<>--b',
    [
      ['identifier', 'a'],
      ['operator', '<>'],
      ['line-comment', '--b'],
    ],
  ],
  [
    ':a::text :\'b\' :"c" :{?d}',
    [
      ['psql-variable', ':a'],
      ['punctuation', '::'],
      ['identifier', 'text'],
      ['psql-variable', ":'b'"],
      ['psql-variable', ':"c"'],
      ['psql-variable', ':{?d}'],
    ],
  ],
  [
    "\\echo it's\nx",
    [
      ['psql-command', "\\echo it's"],
      ['identifier', 'x'],
    ],
  ],
  [
    '\\set a 1 \\\\ x \\gset\r\ny',
    [
      ['psql-command', '\\set a 1 \\\\'],
      ['identifier', 'x'],
      ['psql-command', '\\gset'],
      ['identifier', 'y'],
    ],
  ],
  [
    "\\! echo 'a\\\\b\nx",
    [
      ['psql-command', "\\! echo 'a\\\\b"],
      ['identifier', 'x'],
    ],
  ],
  [
    "copy t from stdin;\n  it's\n\\.\nx",
    [
      ['identifier', 'copy'],
      ['identifier', 't'],
      ['identifier', 'from'],
      ['identifier', 'stdin'],
      ['punctuation', ';'],
      ['copy-data', "  it's\n\\.\n"],
      ['identifier', 'x'],
    ],
  ],
])('reads %j as PostgreSQL and psql do', (sql, expected) => {
  expect(kinds(sql)).toEqual(expected)
})

it.each(["'a", '"a', '$a$ b', '/* /* */', "E'\\'", 'copy t from stdin;\n1\n', "\\echo 'a"])(
  'flags %j as not closed',
  (sql) => {
    expect(tokenise(sql).at(-1)?.closed).toBe(false)
  },
)

it('sees no psql command in a body', () => {
  expect(tokenise("\\x 'y", { psql: false }).map((token) => token.kind)).toEqual([
    'other',
    'identifier',
    'whitespace',
    'string',
  ])
})
