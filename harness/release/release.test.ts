import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { depotFiles, makeTestRelease } from '../../tests/support/release.ts'

it('reads the script, the tiers in order and the rollback, with the SHA-256 of their bytes', async () => {
  await using files = await makeTestRelease()
  const release = await files.read()
  expect(release.files.map(({ path, role }) => `${role} ${path}`)).toEqual([
    'script run_all.sql',
    'tier t0.sql',
    'tier t1.sql',
    'tier t2.sql',
    'rollback rollback.sql',
  ])
  const digest = createHash('sha256').update(depotFiles['t0.sql']!).digest('hex')
  expect(release.files[1]?.sha256).toBe(digest)
})

it('counts a file that a tier includes to the tier', async () => {
  await using files = await makeTestRelease({ 't2.sql': "\\ir 'more.sql'\r\n", 'more.sql': 'SELECT 1;' })
  const release = await files.read()
  expect(release.files.map((file) => file.path)).toContain('more.sql')
  expect(release.tierOf.get('more.sql')).toBe('T2')
})

it('keeps byte order mark and CRLF, and finds the includes of such an executor', async () => {
  const text =
    '\uFEFF\\set ON_ERROR_STOP on\r\n\\ir t0.sql\r\n\\i t1.sql\r\n\\if true\r\n\\include_relative t2.sql\r\n\\endif\r\n'
  await using files = await makeTestRelease({ 'run_all.sql': text })
  const release = await files.read()
  expect(Buffer.from(release.bytes.get('run_all.sql')!)).toEqual(Buffer.from(text))
})

const script = (...lines: string[]) => ({ 'run_all.sql': `${lines.join('\n')}\n` })

describe('a release is refused, by file and line, when', () => {
  it.each<[string, Record<string, string | Uint8Array | null>, string]>([
    [
      'a tier is not included',
      script('\\ir t0.sql', '\\ir t2.sql'),
      'run_all.sql:2: tier T1 (t1.sql) is not included: found t2.sql',
    ],
    [
      'the last tier is not included',
      script('\\ir t0.sql', '\\ir t1.sql'),
      'run_all.sql: tier T2 (t2.sql) is not included: nothing more is included',
    ],
    [
      'a file is included that is no tier',
      script('\\ir t0.sql', '', '\\ir t1.sql', '\\ir x.sql', '\\ir t2.sql'),
      'run_all.sql:4: x.sql is not a configured tier',
    ],
    [
      'a tier is included twice',
      script('\\ir t0.sql', '\\ir t1.sql', '\\ir t0.sql', '\\ir t2.sql'),
      'run_all.sql:3: t0.sql is included a second time',
    ],
    [
      'the order is wrong',
      script('\\ir t0.sql', '\\ir t2.sql', '\\ir t1.sql'),
      'run_all.sql:2: tiers in the wrong order: expected t1.sql (T1), found t2.sql',
    ],
    [
      'a variable names the file',
      script('\\ir t0.sql', '\\ir :tier'),
      'run_all.sql:2: "\\ir :tier" is not a plain include',
    ],
    [
      'something else is on the line',
      script('\\ir t0.sql', 'BEGIN; \\ir t1.sql'),
      'run_all.sql:2: "\\ir t1.sql" is not a plain include',
    ],
    [
      'an include is commented out',
      script('\\ir t0.sql', '-- \\ir t1.sql', '\\ir t2.sql'),
      'run_all.sql:3: tier T1 (t1.sql) is not included',
    ],
    ["a tier's file is missing", { 't1.sql': null }, 't1.sql: the file is missing'],
    [
      'a quote has no end',
      { 't1.sql': "SELECT 1;\nSELECT 'it;\n" },
      't1.sql:2: the string that starts here has no end',
    ],
    ['a file is not UTF-8', { 't1.sql': Uint8Array.of(0x2d, 0x2d, 0xe4) }, 't1.sql is not UTF-8 text'],
    [
      'a tier includes what only psql can tell',
      { 't1.sql': '\n\\ir :x\n' },
      't1.sql:2: cannot determine which file "\\ir :x" includes',
    ],
    ['a tier includes itself', { 't1.sql': '\\ir t1.sql\n' }, 't1.sql: the file is read more than once'],
    [
      'a tier includes a file outside',
      { 't1.sql': '\\ir ../x.sql\n' },
      '../x.sql: the file is outside the release',
    ],
  ])('%s', async (_when, changes, message) => {
    await using files = await makeTestRelease(changes)
    await expect(files.read()).rejects.toMatchObject({
      code: 'RELEASE_UNREADABLE',
      message: expect.stringContaining(message) as string,
    })
  })
})
