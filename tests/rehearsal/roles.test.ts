import { describe, expect, it } from 'vitest'
import { compareDeclaration } from '../../harness/evidence/compare-declaration.ts'
import { copySmallProject, type Project } from '../support/project.ts'
import { notPerformed, problemsOf, stepOf } from '../support/read-evidence.ts'
import { OpenRehearsal } from '../support/stage.ts'

/** The golden clone is made by the same release, on a server of its own, where what it does to roles stays. */
async function copyWith(statements: string): Promise<Project> {
  const project = await copySmallProject()
  await project.write(
    'sql/production/administration.sql',
    'ALTER ROLE librarian CREATEROLE;\nCREATE ROLE intern LOGIN;\nCREATE ROLE reading_room;\nCREATE ROLE visitor;\n',
  )
  const script = "script: 'sql/production/make.sql',"
  await project.edit(
    'rehearsal.config.ts',
    script,
    `${script} administration: 'sql/production/administration.sql',`,
  )
  await project.edit('sql/release/t2_seed.sql', '\nCOMMIT;\n', `\n${statements}\nCOMMIT;\n`)
  return project
}

describe('what a release does to roles', () => {
  it('is in the effect of its tier, though golden had it first', async () => {
    const done: Readonly<Record<string, string>> = {
      "ALTER ROLE CURRENT_USER SET work_mem = '64MB';": 'created settings: 1 (role librarian)',
      'ALTER ROLE intern NOLOGIN;': 'altered role intern: login was "true", is "false"',
      'GRANT reading_room TO intern;': 'created membership: 1',
      'DROP ROLE IF EXISTS visitor;': 'dropped role: 1 (visitor)',
      'DO $$ BEGIN CREATE ROLE fresh; EXCEPTION WHEN duplicate_object THEN NULL; END $$;':
        'created role: 1 (fresh)',
    }
    await using project = await copyWith(Object.keys(done).join('\n'))
    await using rehearsal = await OpenRehearsal.open(project)
    const evidence = await rehearsal.reach('golden-backup', 'isolation')
    expect(stepOf(evidence, 'golden-backup').status).toBe('performed')
    const told = compareDeclaration({}, stepOf(evidence, 'T2').effect!).join('\n')
    expect(Object.values(done).filter((sentence) => !told.includes(sentence))).toEqual([])
    expect(stepOf(evidence, 'isolation').status).toBe('performed')
    expect(problemsOf(evidence)['isolation']).toBeUndefined()
  })

  it('stays in the server of golden, which is dumped with the rights of a role that production does not have', async () => {
    await using project = await copyWith('CREATE ROLE fresh;\nGRANT SELECT ON axis_terms TO fresh;')
    await using rehearsal = await OpenRehearsal.open(project)
    const evidence = await rehearsal.reach('golden-backup', 'T2', 'divergence')
    expect(notPerformed(evidence)).toEqual([])
    expect(problemsOf(evidence)).toEqual({})
    expect(compareDeclaration({}, stepOf(evidence, 'T2').effect!).join('\n')).toContain(
      'created role: 1 (fresh)',
    )
  })
})
