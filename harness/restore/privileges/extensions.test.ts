import { afterAll, beforeAll, expect, it } from 'vitest'
import { query } from '../../../tests/support/server.ts'
import { openSession } from '../../postgres/session.ts'
import { runAll } from './privileges.ts'
import { readExtensionOwners } from './extensions.ts'
import { compareWithSource, makeTestClone, type TestClone } from '../../../tests/support/privileges-clone.ts'

let pair: TestClone

/** An extension of the superuser's, one whose objects alone are, and one of which somebody was given a part. */
beforeAll(async () => {
  pair = await makeTestClone(`
    CREATE ROLE keeper; GRANT CREATE ON SCHEMA public TO keeper;
    DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO keeper', current_database()); END $$;
    CREATE EXTENSION citext; CREATE EXTENSION postgres_fdw; CREATE EXTENSION hstore;
    SET SESSION AUTHORIZATION keeper; CREATE EXTENSION pg_trgm; RESET SESSION AUTHORIZATION;
    ALTER FOREIGN DATA WRAPPER postgres_fdw OWNER TO postgres; ALTER TYPE hstore OWNER TO keeper;
    ALTER OPERATOR public.- (hstore, text) OWNER TO keeper`)
})
afterAll(() => pair[Symbol.asyncDispose]())

const compare = (): Promise<string[]> => compareWithSource(pair)

const owners = 'SELECT extname, extowner::regrole::text AS owner FROM pg_extension ORDER BY extname'

it('extensions and their objects belong to whom they belong to in the source', async () => {
  expect(await query(pair.clone, owners)).toEqual([
    { extname: 'citext', owner: 'postgres' },
    { extname: 'hstore', owner: 'postgres' },
    { extname: 'pg_trgm', owner: 'keeper' },
    { extname: 'plpgsql', owner: 'postgres' },
    { extname: 'postgres_fdw', owner: 'postgres' },
  ])
  expect(await compare()).toEqual([])
})

it('whoever has restored them', async () => {
  await query(
    pair.clone,
    `DROP EXTENSION postgres_fdw; ALTER ROLE librarian SUPERUSER; SET SESSION AUTHORIZATION librarian;
     CREATE EXTENSION postgres_fdw; RESET SESSION AUTHORIZATION; ALTER ROLE librarian NOSUPERUSER`,
  )
  expect(await compare()).not.toEqual([])
  await using from = await openSession(pair.sourceReader)
  await using to = await openSession(pair.clone)
  await runAll(to, await readExtensionOwners(from, to))
  expect(await compare()).toEqual([])
  expect(await readExtensionOwners(from, to)).toEqual([])
})

it('and the server knows it: who owns one cannot be dropped, who no longer does can', async () => {
  await query(pair.clone, 'DROP OWNED BY librarian')
  await expect(query(pair.clone, 'DROP ROLE keeper')).rejects.toMatchObject({
    details: { detail: expect.stringContaining('owner of extension pg_trgm') as string },
  })
})
