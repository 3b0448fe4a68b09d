import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RehearsalError } from '../errors.ts'
import { checkVariant } from './check-variant.ts'
import { toDeltas } from './deltas.ts'
import type { Release } from './release.ts'
import { sha256 } from './sha256.ts'
import { depotFiles, depotSettings, makeTestRelease } from '../../tests/support/release.ts'
import { redirectGuards } from './redirect.ts'
import type { Variant } from './redirected.ts'
import { makeVariant } from './variant.ts'
import { writeVariant } from './write-variant.ts'

const names = { from: 'depot', to: "depot_o'clone" }
const encode = (text: string) => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array | undefined) => Buffer.from(bytes!).toString()

it("redirects one guard in each guarded tier, the rollback's apart, and nothing else", async () => {
  await using files = await makeTestRelease()
  const release = await files.read()
  const variant = makeVariant(release, names)
  expect(variant.guards.map(({ tier, file, line }) => [tier, file, line])).toEqual([
    ['T0', 't0.sql', 1],
    ['T1', 't1.sql', 3],
  ])
  expect(variant.rollbackGuards).toMatchObject([{ tier: null, file: 'rollback.sql', line: 1 }])
  for (const [path, text] of Object.entries(depotFiles)) {
    expect(decode(variant.files.get(path))).toBe(text.replace("'depot'", "'depot_o''clone'"))
  }
  expect(checkVariant(release, variant)).toMatchObject({
    redirected: 2,
    rollbackRedirected: 1,
    bare: 0,
    problems: [],
  })
})

it('comes undone to the canonical bytes', async () => {
  await using files = await makeTestRelease({ 't2.sql': "\uFEFF-- 'depot'\r\nSELECT 'ä😀';" })
  const release = await files.read()
  const { files: redirected, from, to } = makeVariant(release, names)
  const undone = redirectGuards(redirected, to, from)
  for (const file of release.files) expect(sha256(undone.get(file.path)!)).toBe(file.sha256)
})

it('tells its deltas: file, line, canonical and variant expression', async () => {
  await using files = await makeTestRelease()
  expect(toDeltas(makeVariant(await files.read(), { from: 'depot', to: 'copy' }))).toEqual([
    {
      kind: 'guard',
      title: 'database guard of T0 redirected',
      file: 't0.sql',
      line: 1,
      canonical: "current_database() <> 'depot'",
      variant: "current_database() <> 'copy'",
    },
    expect.objectContaining({
      kind: 'guard',
      file: 't1.sql',
      line: 3,
      variant: "'copy' <> current_database()",
    }),
    expect.objectContaining({ kind: 'rollback-guard', file: 'rollback.sql', line: 1 }),
  ])
})

it('is written out byte by byte', async () => {
  await using files = await makeTestRelease()
  const variant = makeVariant(await files.read(), names)
  await writeVariant(variant, join(files.directory, 'variant'))
  for (const [path, bytes] of variant.files) {
    expect(sha256(await readFile(join(files.directory, 'variant', path)))).toBe(sha256(bytes))
  }
})

describe('nothing is redirected where', () => {
  const guard = "SELECT 1/0 WHERE current_database() <> 'depot';\n"
  it.each<[string, Record<string, string>, string]>([
    [
      'a tier has a second guard',
      { 't1.sql': `${guard}\n${guard}` },
      't1.sql (T1): expected 1, found 2 (t1.sql:1, t1.sql:3)',
    ],
    ['a guarded tier has none', { 't0.sql': `-- ${guard}` }, 't0.sql (T0): expected 1, found none'],
    ['an unguarded tier has one', { 't2.sql': guard }, 't2.sql (T2): expected 0, found 1 (t2.sql:1)'],
    [
      'an included file has one more',
      { 't1.sql': `${guard}\\ir x.sql\n`, 'x.sql': guard },
      't1.sql, x.sql (T1): expected 1, found 2 (t1.sql:1, x.sql:1)',
    ],
    [
      'the script has one',
      { 'run_all.sql': `${guard}${depotFiles['run_all.sql']}` },
      'run_all.sql (the script): expected 0, found 1',
    ],
    [
      'the rollback has none',
      { 'rollback.sql': 'SELECT 1;' },
      'rollback.sql (the rollback): expected 1, found none',
    ],
    [
      'the name decides in another way',
      { 't2.sql': "\nSELECT 1 WHERE current_database() ~ 'depot';" },
      't2.sql:2: "current_database" depends on',
    ],
    [
      'a guard is for another database',
      { 't0.sql': guard.replace('depot', 'shop') },
      't0.sql:1: "current_database" depends on',
    ],
  ])('%s', async (_when, changes, problem) => {
    await using files = await makeTestRelease(changes)
    const release = await files.read()
    expect(() => makeVariant(release, names)).toThrow(
      expect.objectContaining({ code: 'GUARD_COUNT', message: expect.stringContaining(problem) as string }),
    )
  })

  it('the clone has the same name', async () => {
    await using files = await makeTestRelease()
    const release = await files.read()
    expect(() => makeVariant(release, { from: 'depot', to: 'depot' })).toThrow(
      /has production's name "depot"/,
    )
  })

  it("the clone's name would end the body that it is put into", async () => {
    await using files = await makeTestRelease()
    const release = await files.read()
    expect(() => makeVariant(release, { from: 'depot', to: 'a$$b' })).toThrow(
      expect.objectContaining({ code: 'GUARD_COUNT', hint: expect.stringContaining('plain name') as string }),
    )
  })
})

describe('the check of a variant sees', () => {
  const tamper = (variant: Variant, path: string, edit: (text: string) => string): Variant => ({
    ...variant,
    files: new Map(variant.files).set(path, encode(edit(decode(variant.files.get(path))))),
  })
  it.each<[string, string, (text: string) => string, string]>([
    [
      'DDL that was altered',
      't2.sql',
      (text) => text.replace('int', 'bigint'),
      't2.sql:1: "int" became "bigint"',
    ],
    [
      'white space that was altered',
      't2.sql',
      (text) => text.replace(' ', '\t'),
      't2.sql: undoing the deltas does not give',
    ],
    [
      'a statement that was added',
      't2.sql',
      (text) => `${text}SELECT 1;`,
      't2.sql:2: nothing became "SELECT"',
    ],
    ['a guard that was left bare', 't1.sql', () => depotFiles['t1.sql']!, 't1.sql:3: guard not redirected'],
    [
      'a guard that was turned round',
      't0.sql',
      (text) => text.replace('<>', '='),
      't0.sql:1: "<>" became "="',
    ],
    ['a guard that was redirected elsewhere', 't0.sql', (text) => text.replace('_o', '_x'), 't0.sql:1:'],
    [
      'a string that was altered',
      't0.sql',
      (text) => text.replace("''s", "''d"),
      "t0.sql:1: \"'it''s %'\" became",
    ],
  ])('%s', async (_what, path, edit, problem) => {
    await using files = await makeTestRelease()
    const release = await files.read()
    const { problems } = checkVariant(release, tamper(makeVariant(release, names), path, edit))
    expect(problems.join('\n')).toContain(problem)
  })

  it('a file that is missing, and one that is too many', async () => {
    await using files = await makeTestRelease()
    const release = await files.read()
    const variant = makeVariant(release, names)
    const other = new Map(variant.files).set('x.sql', encode(''))
    other.delete('t2.sql')
    expect(checkVariant(release, { ...variant, files: other }).problems).toEqual([
      'x.sql: not a file of the release',
      't2.sql: missing from the variant',
    ])
  })
})

it('holds for any text around the guards and any name of the clone, or is refused', () => {
  const text = fc
    .array(
      fc.oneof(
        fc.constantFrom("'", "''", '$$', '--', '\n', '/*', '*/', 'x', ' '),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(''))
  const place = fc.constantFrom(
    (sql: string) => sql,
    (sql: string) => `DO $b$ ${sql} $b$`,
    (sql: string) => `DO $b$ x $c$ ${sql} $c$ $b$`,
  )
  let made = 0
  fc.assert(
    fc.property(text, text, text, place, (before, after, to, wrap) => {
      const sql = `${before} ${wrap("(current_database() <> 'depot')")} ${after}`
      const release = inMemory({ ...depotFiles, 't0.sql': sql })
      const variant = variantOrRefusal(release, to)
      if (variant === undefined) return
      made++
      expect(decode(redirectGuards(variant.files, to, 'depot').get('t0.sql'))).toBe(decode(encode(sql)))
      expect(checkVariant(release, variant)).toMatchObject({ redirected: 2, bare: 0, problems: [] })
    }),
    { numRuns: 500 },
  )
  expect(made).toBeGreaterThan(50)
})

/** Undefined where the variant is refused for a stated reason; any other fault is thrown. */
function variantOrRefusal(release: Release, to: string): Variant | undefined {
  try {
    return makeVariant(release, { from: 'depot', to })
  } catch (error) {
    if (error instanceof RehearsalError && /^(GUARD_COUNT|CONFIG_INVALID)$/.test(error.code)) return undefined
    throw error
  }
}

function inMemory(texts: Readonly<Record<string, string>>): Release {
  const roleOf = (path: string) =>
    path === 'run_all.sql' ? 'script' : path === 'rollback.sql' ? 'rollback' : 'tier'
  const bytes = new Map(Object.entries(texts).map(([path, text]) => [path, encode(text)]))
  return {
    directory: '',
    ...depotSettings,
    files: [...bytes].map(([path, content]) => ({ path, role: roleOf(path), sha256: sha256(content) })),
    bytes,
    tierOf: new Map(depotSettings.tiers.map((tier) => [tier.file, tier.id])),
  }
}
