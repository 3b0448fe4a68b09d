import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copySmallProject } from '../support/project.ts'
import { stepOf } from '../support/read-evidence.ts'
import { PreparedClone } from '../support/stage.ts'

let prepared: PreparedClone

beforeAll(async () => {
  prepared = await PreparedClone.make()
})
afterAll(() => prepared[Symbol.asyncDispose]())

describe('the release on the clone', () => {
  it('is read by a role without its rights: a function in its view runs as the reader, not as a superuser', async () => {
    await using project = await copySmallProject()
    await project.edit(
      'sql/release/t1_structure.sql',
      'CREATE VIEW public.v_axis_missing AS\n',
      `CREATE FUNCTION public.who_reads() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'read by %, superuser %', current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user);
END
$$;
COMMENT ON FUNCTION public.who_reads() IS 'Tells who reads.';
CREATE VIEW public.v_axis_missing AS
`,
    )
    await project.edit(
      'sql/release/t1_structure.sql',
      'WHERE NOT EXISTS (SELECT FROM public.loan_policies p',
      'WHERE public.who_reads() AND NOT EXISTS (SELECT FROM public.loan_policies p',
    )
    const evidence = await prepared.rehearse(project, 'T1')
    expect(evidence.verdict).toBe('unknown')
    expect(stepOf(evidence, 'T1').reason).toContain('read by dress_rehearsal_reader, superuser f')
  })

  it('cannot turn a measure to a table of its own, by a schema with the name of who reads', async () => {
    await using project = await copySmallProject()
    await project.edit(
      'sql/release/t1_structure.sql',
      '\nCOMMIT;\n',
      `
CREATE SCHEMA dress_rehearsal_reader;
CREATE TABLE dress_rehearsal_reader.branches ();
GRANT USAGE ON SCHEMA dress_rehearsal_reader TO PUBLIC;
COMMIT;
`,
    )
    const evidence = await prepared.rehearse(project, 'T2')
    expect(stepOf(evidence, 'T1').after['branches']).toBe(5)
  })
})

describe('a way out that the release puts together while it runs', () => {
  it('is refused by the server, and fails the tier and the rehearsal', async () => {
    await using project = await copySmallProject()
    await project.edit(
      'sql/release/t1_structure.sql',
      '\nCOMMIT;\n',
      `
DO $$ BEGIN EXECUTE 'CO' || 'PY public.branches TO PROG' || 'RAM ''cat'''; END $$;
COMMIT;
`,
    )
    const evidence = await prepared.rehearse(project, 'T1')
    expect(evidence.verdict).toBe('fail')
    expect(stepOf(evidence, 'T1')).toMatchObject({ status: 'failed', problems: [] })
    expect(evidence.reasons[0]).toMatch(
      /^T1 failed: psql exit 3: .*COPY to or from an external program \(SQLSTATE 42501\) at t1_structure\.sql:\d+$/,
    )
    expect(stepOf(evidence, 'clone').facts['releaseRole']).toEqual([])
  })
})
