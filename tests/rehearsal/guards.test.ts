import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copySmallProject, type Project } from '../support/project.ts'
import { expectVerdict, problemsOf, readJunit, stepOf } from '../support/read-evidence.ts'
import { OpenRehearsal, PreparedClone } from '../support/stage.ts'

const structure = 'sql/release/t1_structure.sql'
const seed = 'sql/release/t2_seed.sql'
const rollback = 'sql/release/rollback.sql'

const hint = `write a guard as "current_database() <> 'library'", one in each guarded tier and in the rollback`

describe('a release with another number of guards than declared stops before anything is started', () => {
  it('where a tier has a second guard, and fails the rehearsal for that reason alone', async () => {
    await using project = await copySmallProject()
    const guard = await readGuard(project, structure)
    await project.edit(structure, guard, guard + guard)
    // Production could not be made.
    await project.write('sql/production/make.sql', 'SELECT nothing FROM nowhere;\n')
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    const fault =
      "the release's database guards: t1_structure.sql (T1): expected 1, found 2 (t1_structure.sql:7, t1_structure.sql:15)"
    expect(evidence.reasons).toEqual([`${fault}\nhint: ${hint}`, 'no test ran'])
    expect(output.replace(/\s+/g, ' ')).toContain(`Reasons ${fault}`)
    expect(evidence.tests).toEqual([])
    expect([...evidence.acts, ...evidence.tiers].filter(({ status }) => status !== 'pending')).toEqual([])
    expect(await readJunit(project)).toEqual([
      { suite: 'rehearsal', name: 'verdict', outcome: 'failure', message: fault },
    ])
  })

  it('where a file that is declared without a guard has one', async () => {
    await using project = await copySmallProject()
    await project.edit(
      'rehearsal.config.ts',
      "file: 't1_structure.sql', guarded: true",
      "file: 't1_structure.sql', guarded: false",
    )
    await expectStop(project, 't1_structure.sql (T1): expected 0, found 1 (t1_structure.sql:7)')
  })

  it('where a guard is missing', async () => {
    await using project = await copySmallProject()
    await project.edit(seed, await readGuard(project, seed), '')
    await expectStop(project, 't2_seed.sql (T2): expected 1, found none')
  })

  it('where the rollback has none', async () => {
    await using project = await copySmallProject()
    await project.edit(rollback, await readGuard(project, rollback), '')
    await expectStop(project, 'rollback.sql (the rollback): expected 1, found none')
  })

  it('where the guard stands in a comment only', async () => {
    await using project = await copySmallProject()
    const guard = await readGuard(project, seed)
    await project.edit(seed, guard, `/*\n${guard}*/\n-- IF current_database() <> 'library' THEN\n`)
    await expectStop(project, 't2_seed.sql (T2): expected 1, found none')
  })

  it('where the guard stands in a string only', async () => {
    await using project = await copySmallProject()
    const guard = await readGuard(project, seed)
    await project.edit(seed, guard, `SELECT 'IF current_database() <> ''library'' THEN';\n`)
    await expectStop(project, 't2_seed.sql (T2): expected 1, found none')
  })

  it('where a guard is for another database', async () => {
    await using project = await copySmallProject()
    await project.edit(seed, "current_database() <> 'library'", "current_database() <> 'librarY'")
    await expectStop(
      project,
      `t2_seed.sql:7: "current_database" depends on the database's name and is no guard for 'library': it cannot be redirected\n` +
        't2_seed.sql (T2): expected 1, found none',
    )
  })
})

describe('a guard', () => {
  let prepared: PreparedClone

  beforeAll(async () => {
    prepared = await PreparedClone.make()
  })
  afterAll(() => prepared[Symbol.asyncDispose]())

  it('is counted where it stands, not where it is also written in a comment or a string', async () => {
    await using project = await copySmallProject()
    const text = await project.read(seed)
    const aside = `-- current_database() <> 'library'\nSELECT 'current_database() <> ''library''';\n`
    await project.write(seed, text.replace('BEGIN;\n', `${aside}BEGIN;\n`))
    const evidence = await prepared.rehearse(project, 'variant', 'T2')
    expect(problemsOf(evidence)).toEqual({})
    expect(stepOf(evidence, 'T2').status).toBe('performed')
    expect(stepOf(evidence, 'variant').facts['redirected']).toBe(3)
  })

  it('that does not refuse is found by the canonical file, which runs on the clone', async () => {
    await using project = await copySmallProject()
    await project.edit(structure, "RAISE EXCEPTION 'T1 is for", "RAISE WARNING 'T1 is for")
    const evidence = await prepared.rehearse(project, 'variant', 'T0')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)['variant']).toEqual(
      expect.arrayContaining([
        'the canonical t1_structure.sql was not refused on the clone: psql exit 0',
        'table public.axis_terms is in the clone after the refusals only',
      ]),
    )
    expect(stepOf(evidence, 'T0').reason).toContain('PREFLIGHT ABORT: terms already present')
  })

  it('that refuses nothing is found where a later check refuses', async () => {
    await using project = await copySmallProject()
    await project.edit(
      'sql/release/t0_preflight.sql',
      "    RAISE EXCEPTION 'T0 is for library, not for %', current_database()\n      USING HINT = 'connect to library';",
      '    NULL;',
    )
    const evidence = await prepared.rehearse(project, 'variant')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)['variant']![0]).toContain(
      'the canonical t0_preflight.sql was refused on the clone, but not by the guard at t0_preflight.sql:',
    )
  })

  it('of the rollback that refuses nothing is found', async () => {
    await using project = await copySmallProject()
    await project.edit(
      rollback,
      "    RAISE EXCEPTION 'the rollback is for library, not for %', current_database()\n      USING HINT = 'connect to library';",
      '    NULL;',
    )
    const evidence = await prepared.rehearse(project, 'variant')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)['variant']).toEqual([
      'the canonical rollback.sql was not refused on the clone: psql exit 0',
    ])
  })
})

/** The tier's DO block with the guard, whole. */
async function readGuard(project: Project, file: string): Promise<string> {
  const text = await project.read(file)
  const end = '$guard$;\n'
  return text.slice(text.indexOf('DO $guard$'), text.indexOf(end) + end.length)
}

/** The rehearsal cannot even be opened. */
async function expectStop(project: Project, problem: string): Promise<void> {
  const message = `the release's database guards: ${problem}`
  await expect(OpenRehearsal.open(project)).rejects.toMatchObject({ code: 'GUARD_COUNT', message, hint })
}
