import { describe, expect, it } from 'vitest'
import type { Step } from '../../harness/evidence/schema.ts'
import { copySmallProject, type Project } from '../support/project.ts'
import { stepOf } from '../support/read-evidence.ts'
import { OpenRehearsal } from '../support/stage.ts'

const administration = `-- Roles and grants of the library.
CREATE ROLE readers;
GRANT SELECT (code) ON public.branches TO readers;
CREATE POLICY all_branches ON public.branches FOR SELECT TO readers USING (true);
REVOKE CONNECT ON DATABASE library FROM PUBLIC;
COMMENT ON DATABASE library IS 'The lending library.';
`

async function copyAdministered(script = administration): Promise<Project> {
  const project = await copySmallProject()
  await project.write('sql/production/administration.sql', script)
  await project.edit(
    'rehearsal.config.ts',
    "script: 'sql/production/make.sql',",
    "script: 'sql/production/make.sql', administration: 'sql/production/administration.sql',",
  )
  return project
}

const outcome = ({ status, problems, facts }: Step) => ({ status, problems, privileges: facts['privileges'] })

describe('the clone of a production with roles and grants', () => {
  it('has them, and the release is run by an ordinary role with the rights that production gave it', async () => {
    await using project = await copyAdministered(
      `${administration}GRANT pg_read_server_files TO librarian;\n`,
    )
    await project.edit(
      'sql/release/t0_preflight.sql',
      '\nCOMMIT;\n',
      `
DO $$
BEGIN
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    RAISE EXCEPTION 'run by a superuser';
  END IF;
  IF NOT has_column_privilege('readers', 'public.branches', 'code', 'SELECT') THEN
    RAISE EXCEPTION 'readers may not read';
  END IF;
END
$$;

COMMIT;
`,
    )
    await using rehearsal = await OpenRehearsal.open(project)
    const evidence = await rehearsal.reach('golden-backup', 'T0')
    const proven = { status: 'performed', problems: [], privileges: 'compared' }
    expect(outcome(stepOf(evidence, 'golden-backup'))).toEqual(proven)
    expect(outcome(stepOf(evidence, 'clone'))).toEqual(proven)
    expect(stepOf(evidence, 'clone').facts['releaseRole']).toEqual([
      'the release role may read files of the server (pg_read_server_files)',
    ])
    expect(stepOf(evidence, 'T0')).toMatchObject({ status: 'performed', problems: [] })
  })

  it('reports that privileges are not proven where they are not copied', async () => {
    await using project = await copyAdministered()
    await project.edit(
      'rehearsal.config.ts',
      "'library_rehearsal' }",
      "'library_rehearsal', privileges: false }",
    )
    await using rehearsal = await OpenRehearsal.open(project)
    const evidence = await rehearsal.reach('golden-backup', 'clone')
    const unproven = {
      status: 'performed',
      problems: [],
      privileges: 'not proven: clone.privileges is off',
    }
    expect(outcome(stepOf(evidence, 'golden-backup'))).toEqual(unproven)
    expect(outcome(stepOf(evidence, 'clone'))).toEqual(unproven)
  })

  it('is told to differ where the release’s role has more rights in production', async () => {
    await using project = await copyAdministered(`${administration}ALTER ROLE librarian SUPERUSER;\n`)
    await using rehearsal = await OpenRehearsal.open(project)
    const evidence = await rehearsal.reach('clone')
    expect(evidence.verdict).toBe('fail')
    expect(stepOf(evidence, 'clone').problems).toEqual([
      'role librarian: superuser is "true" in production, "false" in the clone',
    ])
  })
})
