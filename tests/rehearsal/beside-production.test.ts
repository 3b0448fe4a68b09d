import { describe, expect, it } from 'vitest'
import { load } from '../support/intrude.ts'
import { loadConfig } from '../../harness/config/load.ts'
import { OwnTemp } from '../support/own-temp.ts'
import { copySmallProject, type Project } from '../support/project.ts'
import { expectVerdict, notPerformed, problemsOf, stepOf } from '../support/read-evidence.ts'
import { OpenRehearsal } from '../support/stage.ts'

const reason = 'there is no other server'
const attemptsSpec = `import { act } from '../words.ts'

act('escape-attempts', 'keeps production out of reach', (it) => {
  it('refuses the ways of the release', ({ expect, facts }) => {
    const attempts = facts['attempts'] as { outcome: string }[]
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused'])
  })
})
`
const ours = /\b(library_rehearsal|dress_rehearsal_\w+)\b/

/** The small project, its clone on production's own server; `administration` is run there before. */
async function copyBeside(administration?: string): Promise<Project> {
  const project = await copySmallProject()
  const clone = `clone: { database: 'library_rehearsal'`
  await project.edit('rehearsal.config.ts', clone, `${clone}, onProductionServer: '${reason}'`)
  await project.write('specs/clone/2-escape-attempts.spec.ts', attemptsSpec)
  if (administration === undefined) return project
  await project.write('sql/production/administration.sql', administration)
  const script = "script: 'sql/production/make.sql',"
  await project.edit(
    'rehearsal.config.ts',
    script,
    `${script} administration: 'sql/production/administration.sql',`,
  )
  return project
}

/** Statements at the end of a tier, put together while it runs, so that nobody can read them before. */
async function hideInSeed(project: Project, statement: string): Promise<void> {
  const pieces = statement.replaceAll("'", "''").replace('DATABASE lib', "DATA' || 'BASE lib' || '")
  await project.edit(
    'sql/release/t2_seed.sql',
    '\nCOMMIT;\n',
    `\nDO $$ BEGIN EXECUTE '${pieces}'; END $$;\nCOMMIT;\n`,
  )
}

describe('a clone on production’s own server', () => {
  it('passes, is said to be the weaker proof, and leaves nothing there', async () => {
    await using project = await copyBeside()
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('pass', { exitCode, output, evidence })
    expect(stepOf(evidence, 'clone').facts['ownCluster']).toBe(false)
    expect(output.replace(/\s+/g, ' ')).toContain(
      `the clone was on production's own server, which confines a release less than a server of its own (docs/sealed.md): ${reason}`,
    )
    const { onProductionServer, escapeAttempts, exit } = evidence.certificate!
    expect(onProductionServer).toMatchObject({ reason, refused: [] })
    const administered = onProductionServer!.statements.filter(({ kind }) => kind === 'administration')
    expect(administered.length).toBeGreaterThan(10)
    expect(administered.filter(({ statement }) => !ours.test(statement))).toEqual([])
    expect(onProductionServer!.programs.map(({ program }) => program)).toEqual(['psql'])
    expect(escapeAttempts!.attempts.map(({ escape, outcome }) => `${escape}: ${outcome}`)).toEqual([
      'psql \\connect: refused',
      'psql \\connect through the proxy: refused',
      'COPY … PROGRAM by the release role: refused',
    ])
    expect(exit).toEqual({ activity: { state: 'quiet', by: 'declared' }, changed: [], left: [] })
    const markdown = await project.read('reports/rehearsal.md')
    expect(markdown).toContain('**Beside production**: the clone was on production’s own server')
    expect(markdown).toContain('Statements sent to production’s server for the clone')
  })

  it('passes while production’s clients write to it', async () => {
    await using project = await copyBeside()
    await project.edit('rehearsal.config.ts', "    activity: 'quiet',\n", '')
    await using rehearsal = await OpenRehearsal.open(project)
    await rehearsal.reach('baseline')
    await load(
      rehearsal.socketPath,
      'library',
      String.raw`\set book random(1, 1000)
UPDATE books SET title = title || '.' WHERE id = :book;
`,
    )
    const evidence = await rehearsal.reach(
      'golden-backup',
      'gate-revoke',
      'partial-rollback',
      'self-test',
      'isolation',
    )
    expect(notPerformed(evidence)).toEqual([])
    expect(problemsOf(evidence)).toEqual({})
    expect(stepOf(evidence, 'isolation').facts['activity']).toBe('live, observed')
  })

  it('turns red for what a release changes of production’s database from there', async () => {
    await using project = await copyBeside()
    await hideInSeed(project, "ALTER DATABASE library SET work_mem = '1MB'")
    await using rehearsal = await OpenRehearsal.open(project)
    const evidence = await rehearsal.reach('gate-revoke', 'one-shot', 'isolation')
    expect(evidence.verdict).toBe('fail')
    const setting = 'settings all roles in database library is in'
    expect(problemsOf(evidence)).toMatchObject({
      isolation: [`${setting} production now only`],
      'one-shot': [`production's own server has changed, and is not reset: ${setting} it now only`],
    })
    expect(stepOf(evidence, 'T2').effect?.objects.created).toEqual([
      expect.objectContaining({ class: 'settings' }),
    ])
  })

  it('turns red for a transaction that a release leaves prepared, which is taken back with its database', async () => {
    await using project = await copyBeside('ALTER SYSTEM SET max_prepared_transactions = 4;\n')
    await project.edit(
      'sql/release/t2_seed.sql',
      '\nCOMMIT;\n',
      // Not in golden, which is a day older.
      `\nCOMMIT;
SELECT EXISTS (SELECT FROM policy_proposals WHERE branch_code = 'station' AND loan_days = 7) AS today \\gset
\\if :today
BEGIN;
UPDATE books SET title = title WHERE id = 1;
PREPARE TRANSACTION 'left';
\\endif
`,
    )
    await using rehearsal = await OpenRehearsal.open(project)
    const evidence = await rehearsal.reach('isolation')
    expect(evidence.verdict).toBe('fail')
    expect(stepOf(evidence, 'T2').effect?.objects.created).toEqual([
      expect.objectContaining({ class: 'prepared transaction' }),
    ])
    const left = expect.stringMatching(/^prepared transaction 'left.*' is in the clone rolled back only$/)
    expect(problemsOf(evidence)['rollback-1']).toContainEqual(left)
    expect(problemsOf(evidence)['isolation']).toBeUndefined()
    expect(evidence.certificate?.exit).toMatchObject({ changed: [], left: [] })
  })

  it('is not made where its name is taken, and that database stays', async () => {
    await using project = await copyBeside('CREATE DATABASE library_rehearsal;\n')
    await using rehearsal = await OpenRehearsal.open(project)
    const evidence = await rehearsal.reach('isolation')
    expect(evidence.verdict).toBe('unknown')
    expect(stepOf(evidence, 'clone')).toMatchObject({
      status: 'error',
      reason: expect.stringContaining(
        'the name "library_rehearsal" is taken by a database that this run did not create',
      ) as string,
    })
    expect(stepOf(evidence, 'isolation').status).toBe('performed')
    expect(problemsOf(evidence)['isolation']).toBeUndefined()
  })

  it('is not made where the release role may reach beyond its database', async () => {
    await using project = await copyBeside('GRANT pg_execute_server_program TO librarian;\n')
    await using rehearsal = await OpenRehearsal.open(project)
    const evidence = await rehearsal.reach('baseline')
    expect(evidence.verdict).toBe('unknown')
    expect(stepOf(evidence, 'baseline').reason).toContain(
      'nothing would confine a release to the clone: "librarian" may start programs on the server (pg_execute_server_program)',
    )
  })

  it('needs the privileges copied, which gives what a superuser restores its owners', async () => {
    await using project = await copyBeside()
    await project.edit('rehearsal.config.ts', `'${reason}'`, `'${reason}', privileges: false`)
    await expect(loadConfig(project.path)).rejects.toThrow(
      'clone.privileges: must not be off if the clone is on production’s own server',
    )
  })

  it('may be kept, with the server; what was interrupted leaves nothing', async () => {
    await using temp = await OwnTemp.make()
    await using project = await copyBeside()
    const { output } = await project.rehearse('--keep', 'always', 'specs/clone')
    expect(output).toContain('the clone is kept as clone left it')
    expect(await temp.runDirectories()).toHaveLength(1)
    expect((await project.start('clean').ended).exitCode).toBe(0)
    expect(await temp.runDirectories()).toEqual([])

    // The golden clone is a day older: there the station's proposal is another.
    await project.edit(
      'sql/release/t1_structure.sql',
      '\nCOMMIT;\n',
      `\nSELECT pg_sleep(600) FROM policy_proposals WHERE branch_code = 'station' AND loan_days = 7;\nCOMMIT;\n`,
    )
    const run = project.start('run')
    await run.untilPrinted('✓ T0')
    run.kill('SIGINT')
    expect((await run.ended).exitCode).toBe(2)
    expect((await project.evidence()).reasons[0]).toBe('interrupted by SIGINT')
    expect(await temp.runDirectories()).toEqual([])
    expect(await temp.processes()).toEqual([])
  })
})
