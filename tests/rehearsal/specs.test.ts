import { spawnSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { OwnTemp } from '../support/own-temp.ts'
import { copySmallProject } from '../support/project.ts'
import {
  expectVerdict,
  failureOf,
  notPerformed,
  problemsOf,
  readJunit,
  stepOf,
} from '../support/read-evidence.ts'

const t0 = 'specs/tiers/t0-preflight.spec.ts'
const t1 = 'specs/tiers/t1-structure.spec.ts'

describe('an untouched copy', () => {
  it('passes: every step is performed, every test stands in the JUnit report once, and nothing is kept', async () => {
    await using temp = await OwnTemp.make()
    await using project = await copySmallProject()
    const { exitCode, output, evidence } = await project.rehearse('--keep', 'on-failure')
    expectVerdict('pass', { exitCode, output, evidence })
    expect(evidence.reasons).toEqual([])
    expect(notPerformed(evidence)).toEqual([])
    expect(problemsOf(evidence)).toEqual({})
    expect(output.trimEnd().split('\n').at(-1)).toMatch(/^PASS {2}Lending library/)
    const junit = await readJunit(project)
    const names = junit.map(({ suite, name }) => `${suite} ${name}`)
    expect(names).toEqual(['rehearsal verdict', ...evidence.tests.map(({ file, name }) => `${file} ${name}`)])
    expect(new Set(names).size).toBe(42)
    expect(junit.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    expect(stepOf(evidence, 'isolation').facts['clone']).toBe('dropped')
    expect(output).not.toContain('psql')
    expect(await readdir(temp.path)).toEqual([basename(project.path)])
    expect(await temp.processes()).toEqual([])
  })
})

/** Tests that show nothing, with what each must say. */
const hollow = {
  'asserts nothing': ['({ after }) => void after', 'the test asserts nothing'],
  'has no matcher': ['({ expect, after }) => void expect(after)', '1 expect() without a matcher'],
  'names no measure': [
    '({ expect, after }) => expect(after).toMeasure({})',
    'toMeasure({}) names no measure',
  ],
  'misspells a measure': [
    '({ expect, after }) => expect(after).toMeasure({ mising: 0 } as object)',
    'there is no measure "mising"',
  ],
  'expects undefined': [
    '({ expect, facts }) => expect(facts["exitcode"]).toBe(undefined)',
    'expect(undefined): there is nothing to assert',
  ],
  'matches an empty object': [
    '({ expect, facts }) => expect(facts).toMatchObject({})',
    'toMatchObject({}) always passes',
  ],
  'names nothing printed': [
    '({ expect, printed }) => expect(printed).toReport({})',
    'toReport({}) names no printed key',
  ],
} as const

describe('specs that show nothing, or not all', () => {
  it('make the verdict unknown, each with what it lacks, and stop no other', async () => {
    await using project = await copySmallProject()
    const tests = Object.entries(hollow).map(([name, [body]]) => `  it('${name}', ${body})\n`)
    await project.edit(t0, "  it('changes nothing'", `${tests.join('')}  it('changes nothing'`)
    const own = `import { test } from 'vitest'
test.skip('is left out', () => {})
test.todo('is to be done')
test('belongs to no step', () => {})
`
    await project.write(t0, own + (await project.read(t0)))
    await project.write(
      'specs/clone/late.spec.ts',
      `import { act } from '../words.ts'

act('clone', 'late', async (it) => {
  it('is there', ({ expect }) => expect(1).toBe(1))
  await import('node:fs')
  it('comes late', ({ expect }) => expect(1).toBe(2))
})
`,
    )
    await project.edit('specs/golden-backup/backup.spec.ts', "'../words.ts'", "'../word.ts'")
    await project.edit(
      'specs/variant/2-gate.spec.ts',
      'expect(effect).toBeExactly({ rows: { approvals: { inserted: 1 } }, sequences: { approvals_id_seq: 1 } })',
      "expect(typeof effect).toBe('object')",
    )
    await project.edit(
      t1,
      'created: { table: 1, view: 1 }',
      "created: { table: 1 }, partial: 'not settled yet'",
    )
    await project.remove('specs/full-read')
    await project.edit(
      'vitest.config.ts',
      'test: rehearsalTests',
      "test: { ...rehearsalTests, exclude: ['specs/proofs/1*'] }",
    )
    await project.remove('specs/tiers/t2-seed.spec.ts')

    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('unknown', { exitCode, output, evidence })
    expect(notPerformed(evidence)).toEqual([])
    expect(evidence.reasons).toEqual([
      expect.stringMatching(/^specs\/golden-backup\/backup\.spec\.ts: is loaded: .*\.\.\/word\.ts/),
      expect.stringMatching(/^specs\/clone\/late\.spec\.ts: is loaded: the body of clone is asynchronous/),
      ...Object.entries(hollow).map(([name, [, message]]) =>
        expect.stringContaining(`${t0}: T0 preflight > ${name}: ${message}`),
      ),
      'the effect of gate is not declared by any spec that passed: npx rehearse effect gate prints it',
      'T2 has no spec that passed',
      'specs/proofs/1-one-shot.spec.ts defines no test',
      `${t0}: belongs to no step: it does not belong to an act or tier`,
      'skipped: is left out, is to be done (skipped without a reason)',
    ])
    // An act without a spec is judged by itself.
    for (const id of ['golden-backup', 'full-read', 'one-shot']) {
      expect(evidence.tests).toContainEqual(
        expect.objectContaining({ file: `dress-rehearsal/acts/${id}`, step: id, status: 'passed' }),
      )
    }
    const errors = (await readJunit(project)).filter(({ outcome }) => outcome === 'error')
    expect(errors.map(({ suite, name }) => `${suite} ${name}`)).toEqual([
      'rehearsal verdict',
      'specs/golden-backup/backup.spec.ts is loaded',
      'specs/clone/late.spec.ts is loaded',
      ...Object.keys(hollow).map((name) => `${t0} T0 preflight > ${name}`),
    ])
    expect(evidence.allowances).toContainEqual({
      kind: 'partial effect',
      subject: 'T1',
      reason: 'not settled yet',
    })
    expect(await project.read('reports/rehearsal.md')).toContain('not settled yet')
  })
})

describe('a spec file', () => {
  it('that has two tests of one name is told, and the second one counts; one that does not wait is no pass', async () => {
    await using project = await copySmallProject()
    const file = 'specs/baseline/production.spec.ts'
    const name = 'has five branches without a policy'
    const twice = `  it('${name}', ({ expect }) => expect(1).toBe(2))\n`
    const text = await project.read(file)
    await project.write(file, text.replace(/\}\)\n$/, `${twice}})\n`))
    await project.write(
      'specs/baseline/hasty.spec.ts',
      `import { act, sql } from '../words.ts'

act('baseline', 'hasty', (it) => {
  it('leaves a query', ({ expect, production }) => {
    void production.query(sql\`SELECT pg_sleep(0.3)\`).then((rows) => expect(rows).toEqual([]))
    expect(1).toBe(1)
  })
  it('swallows a failure', async ({ expect, production }) => {
    try {
      expect(await production.query(sql\`SELECT nothing FROM nowhere\`)).toEqual([{ nothing: 99 }])
    } catch {}
    expect(1).toBe(1)
  })
  it('expects a failure', async ({ expect, production }) => {
    await expect(production.query(sql\`SELECT nothing FROM nowhere\`)).rejects.toThrow('nowhere')
  })
})
`,
    )
    const { exitCode, output, evidence } = await project.rehearse('specs/baseline')
    expectVerdict('fail', { exitCode, output, evidence })
    expect(failureOf(evidence, 'leaves a query')).toContain(
      '1 queries of the test are still running at its end',
    )
    expect(failureOf(evidence, 'swallows a failure')).toContain('relation "nowhere" does not exist')
    expect(failureOf(evidence, 'expects a failure')).toBe('')
    expect(evidence.reasons).toContainEqual(
      expect.stringMatching(`^baseline production > ${name} \\(2\\): expected 1 to be 2`),
    )
    expect(evidence.reasons).toContain(`${file}: two tests have the name "baseline production > ${name}"`)
    expect(failureOf(evidence, `${name} (2)`)).toContain('expected 1 to be 2')
  })

  it("in no act's folder stops the run before anything is started", async () => {
    await using project = await copySmallProject()
    await project.write('specs/teirs/t3.spec.ts', await project.read(t1))
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('unknown', { exitCode, output, evidence })
    expect(evidence.reasons[0]).toContain(
      "specs/teirs/t3.spec.ts is in no act's folder, so it would never run\nhint: move it to one of: specs/baseline/",
    )
    expect(evidence.acts).toEqual([])
  })
})

it('a misspelt name of a measure or a tier does not compile', async () => {
  await using project = await copySmallProject()
  const compiler = {
    extends: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
    compilerOptions: {
      rootDir: '/',
      typeRoots: [fileURLToPath(new URL('../../node_modules/@types', import.meta.url))],
    },
    include: ['specs/**/*.ts'],
  }
  await project.write('tsconfig.json', JSON.stringify(compiler))
  await project.edit(t1, "tier('T1'", "tier('T9'")
  await project.edit(
    'specs/tiers/t2-seed.spec.ts',
    "  it('gives",
    "  it('is whole', ({ expect, after }) => expect(after).toMeasure({ mising: 5 }))\n  it('gives",
  )
  const { status, output } = compile(project.path)
  expect(status).toBe(2)
  // As it is, it compiles: check:types looks at it.
  expect(output.match(/error TS/g)).toHaveLength(2)
  expect(output).toContain(
    `Argument of type '"T9"' is not assignable to parameter of type '"T0" | "T1" | "T2"'`,
  )
  expect(output).toContain("'mising' does not exist in type")
})

/** Types are checked by tsc alone. */
function compile(directory: string): { status: number | null; output: string } {
  const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', directory, '--noEmit'], {
    encoding: 'utf8',
  })
  return { status, output: stdout }
}
