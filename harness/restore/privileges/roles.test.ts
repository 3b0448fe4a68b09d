import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query } from '../../../tests/support/server.ts'
import { makeTestClone, type TestClone } from '../../../tests/support/privileges-clone.ts'

let pair: TestClone

beforeAll(async () => {
  pair = await makeTestClone(`
    CREATE ROLE readers NOINHERIT; CREATE ROLE guests CONNECTION LIMIT 3;
    CREATE ROLE "O'Hara; the ""Head""" LOGIN CREATEROLE CREATEDB PASSWORD 'secret' VALID UNTIL '2031-05-01 00:00+00';
    CREATE ROLE copyist LOGIN REPLICATION BYPASSRLS; CREATE ROLE caretaker SUPERUSER LOGIN PASSWORD 'secret';
    COMMENT ON ROLE readers IS 'They''re many.';
    GRANT readers TO guests; GRANT readers TO "O'Hara; the ""Head""" WITH ADMIN OPTION; GRANT pg_monitor TO copyist;
    GRANT guests TO librarian; ALTER ROLE librarian CREATEDB CONNECTION LIMIT 9;
    ALTER ROLE guests SET search_path = "reading, room", '$user', '';
    ALTER ROLE guests SET app.desk = 'it''s ours'; ALTER ROLE copyist SET DateStyle = 'German, DMY';
    ALTER ROLE ALL SET statement_timeout = '7min';
    DO $$ BEGIN EXECUTE format('ALTER ROLE guests IN DATABASE %I SET work_mem = ''9MB''', current_database()); END $$`)
})
afterAll(() => pair[Symbol.asyncDispose]())

async function both(text: string) {
  const [source, clone] = [await query(pair.source, text), await query(pair.clone, text)]
  expect(source).not.toEqual([])
  return { source, clone }
}

describe('the roles of a clone', () => {
  it('are those of its source, with their attributes', async () => {
    const { source, clone } = await both(`
      SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls,
        rolconnlimit, rolvaliduntil, shobj_description(oid, 'pg_authid') AS comment
      FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname`)
    expect(clone).toEqual(source)
  })

  it('are members of each other as there, with the same option to admit others', async () => {
    const { source, clone } = await both(`
      SELECT roleid::regrole::text AS role, member::regrole::text AS member, admin_option
      FROM pg_auth_members ORDER BY 1, 2`)
    expect(clone).toEqual(source)
  })

  it('have their settings, value by value, in the database, in all, and of everybody', async () => {
    const { source, clone } = await both(`
      SELECT coalesce(r.rolname, 'all') AS role, s.setdatabase <> 0 AS in_database, s.setconfig::text AS settings
      FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole ORDER BY 1, 2`)
    expect(clone).toEqual(source)
    expect(clone.map(({ settings }) => settings)).toContainEqual(expect.stringContaining('reading, room'))
  })

  it('bring no password along', async () => {
    const withPassword = `
      SELECT rolname FROM pg_authid WHERE rolpassword IS NOT NULL ORDER BY rolname COLLATE "C"`
    expect(await query(pair.source, withPassword)).toContainEqual({ rolname: 'caretaker' })
    expect(await query(pair.clone, withPassword)).toEqual([
      { rolname: 'dress_rehearsal_reader' },
      { rolname: 'librarian' },
      { rolname: 'postgres' },
    ])
  })
})
