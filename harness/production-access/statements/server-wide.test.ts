import { loadModule } from 'libpg-query'
import { beforeAll, describe, expect, it } from 'vitest'
import { findServerWide } from './server-wide.ts'

beforeAll(() => loadModule())

describe('what a text does beyond its database', () => {
  it.each([
    ['CREATE DATABASE a TEMPLATE b OWNER c', ['a', 'b']],
    ['CREATE DATABASE a TEMPLATE template0', ['a']],
    ['DROP DATABASE IF EXISTS "Ä b" WITH (FORCE)', ['Ä b']],
    ['ALTER DATABASE a RENAME TO b', ['a', 'b']],
    ['ALTER DATABASE a OWNER TO b', ['a']],
    ["ALTER DATABASE a SET work_mem = '1MB'; ALTER DATABASE b CONNECTION LIMIT 3", ['a', 'b']],
    ['ALTER DATABASE a SET TABLESPACE t', ['a']],
    ["COMMENT ON DATABASE a IS 'b'", ['a']],
    ['GRANT CONNECT ON DATABASE a, b TO c', ['a', 'b']],
    ['REVOKE CONNECT ON DATABASE a FROM PUBLIC', ['a']],
    ["ALTER ROLE a IN DATABASE b SET work_mem = '1MB'", ['b']],
    ["SECURITY LABEL ON DATABASE a IS 'b'", ['a']],
  ])('is to these databases: %s', (text, databases) => {
    expect(findServerWide(text)).toEqual({ databases, whole: [] })
  })

  it.each([
    'CREATE ROLE a',
    'ALTER ROLE a SUPERUSER',
    'ALTER ROLE a RENAME TO b',
    "ALTER ROLE a SET work_mem = '1MB'",
    "ALTER ROLE ALL SET work_mem = '1MB'",
    'DROP ROLE a',
    'GRANT a TO b',
    'GRANT SET ON PARAMETER work_mem TO a',
    'GRANT CREATE ON TABLESPACE a TO b',
    "COMMENT ON ROLE a IS 'b'",
    'REASSIGN OWNED BY a TO b',
    'DROP OWNED BY a',
    "ALTER SYSTEM SET work_mem = '1MB'",
    "CREATE TABLESPACE a LOCATION '/b'",
    'ALTER TABLESPACE a OWNER TO b',
    'DROP TABLESPACE a',
    'CHECKPOINT',
    "LOAD 'a'",
    'SELECT FROM WHERE',
  ])('is to the whole server: %s', (text) => {
    expect(findServerWide(text)).toEqual({ databases: [], whole: [expect.any(String)] })
  })

  it.each([
    'SELECT 1',
    'ANALYZE',
    'ALTER TABLE a RENAME TO b',
    'GRANT SELECT ON a TO b',
    'ALTER TABLE a OWNER TO b',
    "COMMENT ON TABLE a IS 'b'",
    'ALTER DEFAULT PRIVILEGES FOR ROLE a GRANT SELECT ON TABLES TO b',
    "SET SESSION AUTHORIZATION 'a'",
    'DO $$ BEGIN NULL; END $$',
    'DROP SUBSCRIPTION a',
  ])('is nothing: %s', (text) => {
    expect(findServerWide(text)).toEqual({ databases: [], whole: [] })
  })
})
