import { describe, expect, it } from 'vitest'
import { copySmallProject, type Project } from '../support/project.ts'
import { problemsOf } from '../support/read-evidence.ts'

const header = "import { describe } from 'vitest'\nimport { tier } from '../words.ts'\n\n"

/** A spec beside that of T2, which would pass. */
async function rehearseWith(project: Project, text: string, file = 'specs/tiers/t2-bent.spec.ts') {
  await project.write(file, text)
  const { exitCode, evidence } = await project.rehearse()
  return { exitCode, verdict: evidence.verdict, reasons: evidence.reasons.join('\n'), evidence }
}

describe('a spec that bends what a pass is', () => {
  it.each([
    ['fails: true', 'toMeasure({ missing: 77 })', 'it is to fail ("fails")'],
    ['retry: 3', 'toMeasure({ missing: 0 })', 'it is tried again where it fails ("retry")'],
  ])('gives no verdict: describe with %s', async (option, assertion, reason) => {
    await using project = await copySmallProject()
    const text = `${header}tier('T2', 'bent', (it) => {
  describe('inside', { ${option} }, () => {
    it('is bent', ({ expect, after }) => {
      expect(after).${assertion}
    })
  })
})
`
    const { exitCode, verdict, reasons } = await rehearseWith(project, text)
    expect({ exitCode, verdict }).toEqual({ exitCode: 2, verdict: 'unknown' })
    expect(reasons).toContain(reason)
  })

  it('fails where it caught its own failure', async () => {
    await using project = await copySmallProject()
    const text = `${header}tier('T2', 'bent', (it) => {
  it('catches', ({ expect, after }) => {
    try {
      expect(after).toMeasure({ missing: 77 })
    } catch {}
  })
})
`
    const { exitCode, reasons } = await rehearseWith(project, text)
    expect(exitCode).toBe(1)
    expect(reasons).toContain('after T2: measure "missing" is 0, expected 77')
  })

  it.each(['t2-more.spec.mts', 't2-more.test.ts', 't2-more.specs.ts', 't2-more.Spec.ts'])(
    'is refused before anything starts where it would never run: %s',
    async (name) => {
      await using project = await copySmallProject()
      const { exitCode, reasons, evidence } = await rehearseWith(project, header, `specs/tiers/${name}`)
      expect(exitCode).toBe(2)
      expect(reasons).toContain(`specs/tiers/${name} looks like a spec, and would never run`)
      expect(evidence.acts).toEqual([])
    },
  )
})

describe('a vitest.config.ts that bends what a pass is', () => {
  it.each([
    ['setupFiles', "setupFiles: ['./setup.ts']"],
    ['projects', "projects: [{ extends: true, test: { name: 'one', retry: 3 } }]"],
    ['onUnhandledError', 'onUnhandledError: () => false'],
    ['globalSetup', "globalSetup: ['./setup.ts']"],
    ['alias', "alias: { 'dress-rehearsal': './setup.ts' }"],
  ])('is refused: %s', async (name, setting) => {
    await using project = await copySmallProject()
    await project.write('setup.ts', '')
    await project.edit('vitest.config.ts', 'test: rehearsalTests', `test: { ...rehearsalTests, ${setting} }`)
    const { exitCode, evidence } = await project.rehearse()
    expect(exitCode).toBe(2)
    expect(evidence.reasons.join('\n')).toContain(`${name}: `)
  })

  it('or ends the process is no pass', async () => {
    await using project = await copySmallProject()
    await project.edit('rehearsal.config.ts', 'export default', 'process.exit(0)\nexport default')
    const { exitCode, evidence } = await project.rehearse()
    expect({ exitCode, verdict: evidence.verdict }).toEqual({ exitCode: 2, verdict: 'unknown' })
  })
})

describe('a release that bends what it shows', () => {
  it('is told where it printed a figure twice, first a wrong one', async () => {
    await using project = await copySmallProject()
    await project.edit(
      'sql/release/t2_seed.sql',
      "  RAISE NOTICE 'T2 SEED",
      "  RAISE NOTICE 'T2 SEED: policies=4';\n  RAISE NOTICE 'T2 SEED",
    )
    const { exitCode, evidence } = await project.rehearse()
    expect(exitCode).toBe(1)
    expect(problemsOf(evidence)['T2']).toEqual(['printed policies=4 and 5, but measure "policies" is 5'])
  })

  it('is refused where it turns ON_ERROR_STOP off, or its executor does not turn it on', async () => {
    await using project = await copySmallProject()
    await project.edit('sql/release/run_all.sql', '\\set ON_ERROR_STOP on\n', '')
    expect((await project.rehearse()).evidence.reasons[0]).toContain('the executor does not stop at errors')
    await using other = await copySmallProject()
    await other.edit(
      'sql/release/t2_seed.sql',
      '\nCOMMIT;\n',
      '\nCOMMIT;\n\\set ON_ERROR_STOP off\nSELECT 1/0;\n',
    )
    expect((await other.rehearse()).evidence.reasons[0]).toContain('the release turns ON_ERROR_STOP off')
  })

  it('is told where its guard refuses nothing, and a later check does', async () => {
    await using project = await copySmallProject()
    await project.edit(
      'sql/release/t0_preflight.sql',
      "    RAISE EXCEPTION 'T0 is for library, not for %', current_database()\n      USING HINT = 'connect to library';",
      '    NULL;',
    )
    const { exitCode, evidence } = await project.rehearse()
    expect(exitCode).toBe(1)
    expect(problemsOf(evidence)['variant']![0]).toContain(
      'the canonical t0_preflight.sql was refused on the clone, but not by the guard at t0_preflight.sql:',
    )
  })

  it('is told where the guard of its rollback refuses nothing', async () => {
    await using project = await copySmallProject()
    await project.edit(
      'sql/release/rollback.sql',
      "    RAISE EXCEPTION 'the rollback is for library, not for %', current_database()\n      USING HINT = 'connect to library';",
      '    NULL;',
    )
    const { exitCode, evidence } = await project.rehearse()
    expect(exitCode).toBe(1)
    expect(problemsOf(evidence)['variant']).toEqual([
      'the canonical rollback.sql was not refused on the clone: psql exit 0',
    ])
  })

  it('is told where its rollback moves a sequence of its own accord', async () => {
    await using project = await copySmallProject()
    await project.edit(
      'sql/release/rollback.sql',
      '\nCOMMIT;\n',
      "\nSELECT setval('approvals_id_seq', 999);\nCOMMIT;\n",
    )
    const { exitCode, evidence } = await project.rehearse()
    expect(exitCode).toBe(1)
    expect(problemsOf(evidence)['rollback-1']).toEqual([
      'sequence approvals_id_seq: 1 before the first tier, 999 rolled back',
    ])
  })
})

it('a divergence is not excused by one that is declared in the same table', async () => {
  await using project = await copySmallProject()
  const file = 'sql/golden/experiments.sql'
  await project.write(
    file,
    `${await project.read(file)}UPDATE axis_terms SET loan_days = 99 WHERE branch_code = 'hill';\n`,
  )
  const { exitCode, evidence } = await project.rehearse()
  expect(exitCode).toBe(1)
  expect(problemsOf(evidence)['divergence']).toEqual([
    'divergence not accounted for: 3 rows of axis_terms differ, but the rows of its cause are 1',
  ])
})
