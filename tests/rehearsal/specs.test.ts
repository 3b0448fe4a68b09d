import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
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
  it('passes: every step is performed, and every test stands in the JUnit report once', async () => {
    await using project = await copySmallProject()
    const { exitCode, output, evidence } = await project.rehearse()
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
    'no measure is called "mising"',
  ],
  'expects undefined': [
    '({ expect, facts }) => expect(facts["exitcode"]).toBe(undefined)',
    'expect(undefined): there is nothing to assert',
  ],
  'matches an empty object': [
    '({ expect, facts }) => expect(facts).toMatchObject({})',
    'toMatchObject({}) is always met',
  ],
  'names nothing printed': [
    '({ expect, printed }) => expect(printed).toReport({})',
    'toReport({}) names nothing',
  ],
} as const

describe('a spec that shows nothing', () => {
  it('makes the verdict unknown, each with what it lacks', async () => {
    await using project = await copySmallProject()
    const tests = Object.entries(hollow).map(([name, [body]]) => `  it('${name}', ${body})\n`)
    await project.edit(t0, "  it('changes nothing'", `${tests.join('')}  it('changes nothing'`)
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('unknown', { exitCode, output, evidence })
    const reasons = Object.entries(hollow).map(([name, [, message]]) =>
      expect.stringContaining(`${t0}: T0 preflight > ${name}: ${message}`),
    )
    expect(evidence.reasons).toEqual(reasons)
    const errors = (await readJunit(project)).filter(({ outcome }) => outcome === 'error')
    expect(errors.map(({ name }) => name)).toEqual([
      'verdict',
      ...Object.keys(hollow).map((name) => `T0 preflight > ${name}`),
    ])
  })

  it("makes the verdict unknown where it is a test of Vitest's own, skipped or to be done or without a step", async () => {
    await using project = await copySmallProject()
    const own = `import { test } from 'vitest'
test.skip('is left out', () => {})
test.todo('is to be done')
test('belongs to no step', () => {})
`
    await project.write(t0, own + (await project.read(t0)))
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('unknown', { exitCode, output, evidence })
    expect(evidence.reasons).toEqual([
      `${t0}: belongs to no step: it belongs to no act or tier`,
      'skipped: is left out, is to be done (skipped without a reason)',
    ])
  })
})

describe('a spec that does not wait', () => {
  it('for its queries, or swallows what became of them, is no pass', async () => {
    await using project = await copySmallProject()
    await project.write(
      'specs/isolation/hasty.spec.ts',
      `import { act, sql } from '../words.ts'

act('isolation', 'production', (it) => {
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
    const { exitCode, output, evidence } = await project.rehearse()
    expect({ exitCode, verdict: evidence.verdict, output }).not.toMatchObject({ exitCode: 0 })
    expect(evidence.verdict).not.toBe('pass')
    expect(failureOf(evidence, 'leaves a query')).toContain(
      '1 queries of the test are still under way at its end',
    )
    expect(failureOf(evidence, 'swallows a failure')).toContain('relation "nowhere" does not exist')
    expect(failureOf(evidence, 'expects a failure')).toBe('')
  })

  it('for its own body is refused: what it defines later would never run', async () => {
    await using project = await copySmallProject()
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
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('unknown', { exitCode, output, evidence })
    expect(evidence.reasons.join('\n')).toContain('the body of clone is asynchronous')
  })
})

describe('a spec file', () => {
  it('that vanished leaves its tier without a spec, and the verdict unknown', async () => {
    await using project = await copySmallProject()
    await project.remove(t1)
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('unknown', { exitCode, output, evidence })
    expect(stepOf(evidence, 'T1').status).toBe('performed')
    expect(evidence.reasons).toEqual(['T1 has no spec that passed'])
  })

  it('that vanished with the last act leaves that act unperformed, and the verdict unknown', async () => {
    await using project = await copySmallProject()
    await project.remove('specs/isolation')
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('unknown', { exitCode, output, evidence })
    expect(evidence.reasons).toEqual(['isolation was not performed: no spec asks for it'])
  })

  it("that the project's Vitest settings leave out is missed", async () => {
    await using project = await copySmallProject()
    await project.edit(
      'vitest.config.ts',
      'test: rehearsalTests',
      "test: { ...rehearsalTests, exclude: ['specs/tiers/t1*'] }",
    )
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('unknown', { exitCode, output, evidence })
    expect(evidence.reasons).toEqual(['T1 has no spec that passed', `${t1} gave no test`])
  })

  it('that cannot be imported is an error of its own, and stops no other', async () => {
    await using project = await copySmallProject()
    await project.edit(t1, "'../words.ts'", "'../word.ts'")
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('unknown', { exitCode, output, evidence })
    expect(notPerformed(evidence)).toEqual([])
    expect(evidence.reasons[0]).toMatch(/^specs\/tiers\/t1-structure\.spec\.ts: is loaded: .*\.\.\/word\.ts/)
    expect(evidence.reasons.slice(1)).toEqual(['T1 has no spec that passed'])
    expect((await readJunit(project)).filter(({ suite }) => suite === t1)).toMatchObject([
      { name: 'is loaded', outcome: 'error' },
    ])
  })

  it('that has two tests of one name is told, and the second one counts', async () => {
    await using project = await copySmallProject()
    const twice = "  it('changes nothing', ({ expect }) => expect(1).toBe(2))\n"
    const text = await project.read(t0)
    await project.write(t0, text.replace(/\}\)\n$/, `${twice}})\n`))
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(evidence.reasons).toEqual([
      expect.stringMatching(/^T0 preflight > changes nothing \(2\): expected 1 to be 2/),
      `${t0}: two tests have the name "T0 preflight > changes nothing"`,
    ])
    expect(failureOf(evidence, 'changes nothing (2)')).toContain('expected 1 to be 2')
  })

  it("in no act's folder stops the run before anything is started", async () => {
    await using project = await copySmallProject()
    await project.write('specs/teirs/t3.spec.ts', await project.read(t1))
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('unknown', { exitCode, output, evidence })
    expect(evidence.reasons[0]).toContain(
      "specs/teirs/t3.spec.ts stands in no act's folder, so it has no turn\nhint: move it to one of: specs/baseline/",
    )
    expect(evidence.acts).toEqual([])
  })
})

describe('a misspelt name', () => {
  it.each([
    ['measure', t1, 'tables: 1,', "'mising' does not exist in type"],
    [
      'tier',
      t1,
      "tier('T1'",
      `Argument of type '"T9"' is not assignable to parameter of type '"T0" | "T1" | "T2"'`,
    ],
  ])('of a %s does not compile', async (what, file, from, message) => {
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
    expect(compile(project.path)).toEqual({ status: 0, output: '' })
    if (what === 'tier') await project.edit(file, from, "tier('T9'")
    else
      await project.edit(
        file,
        "  it('makes",
        "  it('is whole', ({ expect, after }) => expect(after).toMeasure({ mising: 5 }))\n  it('makes",
      )
    const { status, output } = compile(project.path)
    expect(status).toBe(2)
    expect(output).toContain(message)
  })
})

/** Types are checked by tsc alone. */
function compile(directory: string): { status: number | null; output: string } {
  const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', directory, '--noEmit'], {
    encoding: 'utf8',
  })
  return { status, output: stdout }
}
