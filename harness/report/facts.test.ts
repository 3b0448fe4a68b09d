import { describe, expect, it } from 'vitest'
import { formatFacts } from './facts.ts'

describe('facts of an act', () => {
  it.for<[string, Parameters<typeof formatFacts>[0], string[]]>([
    [
      'psql’s exit and the message of its error',
      { exitCode: 3, error: { message: 'ABORT', line: 7 } },
      ['exit 3', '«ABORT»'],
    ],
    ['nothing where there was no error', { exitCode: 0, error: null }, ['exit 0']],
    [
      'sizes',
      { dumpBytes: 64_200_000, freeBytesBefore: 20_000_000_000 },
      ['dump 64.2 MB', 'free before 20.0 GB'],
    ],
    ['times', { prepareMs: 1_250 }, ['prepare 1.3 s']],
    ['numbers with commas', { rowsCompared: 412_905 }, ['rows compared 412,905']],
    ['yes and no', { ownCluster: true, kept: false }, ['own cluster yes', 'kept no']],
    ['a short list', { tablesDiffering: ['a', 'b'] }, ['tables differing «a», «b»']],
    ['an empty list', { tablesDiffering: [] }, ['tables differing none']],
    ['a short record', { figures: { lent: 0, waiting: null } }, ['figures «lent=0 waiting=none»']],
    [
      'what a dump has lost',
      {
        dumpLosses: [
          { rule: 'blanked', object: 'server far', attribute: 'options', before: '{}', after: null },
          { rule: 'extension version', extension: 'maps', members: ['function a()', 'function b()'] },
        ],
      },
      [
        'dump losses «blanked: server far, options {} → not set», ' +
          '«extension version: extension maps, 2 of its members: function a(); function b()»',
      ],
    ],
    [
      'only the number of a list of records',
      { files: [{ path: 'a' }, { path: 'b' }] },
      ['files 2 (in evidence.json)'],
    ],
    [
      'only the number of a long record',
      { tables: Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`t${n}`, n])) },
      ['tables 9 (in evidence.json)'],
    ],
  ])('show %s', ([, facts, phrases]) => {
    expect(formatFacts(facts, (text) => `«${text}»`)).toEqual(phrases)
  })
})
