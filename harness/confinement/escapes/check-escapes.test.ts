import { expect, it } from 'vitest'
import { makeTestRelease } from '../../../tests/support/release.ts'
import { checkEscapes, findUnusedAllowances, type EscapeSettings } from './check-escapes.ts'

const hostile = {
  'run_all.sql': '\\set ON_ERROR_STOP on\n\\ir t0.sql\nBEGIN;\n\\ir t1.sql\nCOMMIT;\n\\ir t2.sql\n\\! date\n',
  't2.sql': '\\ir more.sql\nCREATE TABLE parcel (id int);\n',
  'more.sql': "COPY parcel TO PROGRAM 'cat';\n",
  'rollback.sql':
    "SELECT 1/0 WHERE current_database() <> 'depot';\nDO $$\nBEGIN\n  EXECUTE 'ALTER SYSTEM RESET ALL';\nEND $$;\n",
}

async function check(allows: EscapeSettings['allows']) {
  await using files = await makeTestRelease(hostile)
  return checkEscapes(await files.read(), { database: 'depot', allows })
}

it('refuses a release with all its ways out at once, those of executor, includes and rollback too', async () => {
  await expect(check({})).rejects.toMatchObject({
    code: 'RELEASE_REFUSED',
    message: [
      'the release reaches beyond its database:',
      'run_all.sql:7:1: shell: \\! date (starts a program where psql runs, or changes the environment of one)',
      "more.sql:1:1: program: COPY parcel TO PROGRAM 'cat' (starts a program on the server)",
      "rollback.sql:4:12: alter-system: ALTER SYSTEM RESET ALL' (changes the server for all of its databases)",
    ].join('\n'),
    hint:
      'remove it from the release, or allow it by name, with the reason, in rehearsal.config.ts: ' +
      "release: { allows: { shell: '…', program: '…', 'alter-system': '…' } }",
  })
})

it('refuses what is not allowed beside what is', async () => {
  await expect(check({ program: 'parcels are packed', shell: 'tells the time' })).rejects.toMatchObject({
    message: expect.stringMatching(
      /^the release reaches beyond its database:\nrollback\.sql:4:12: .+$/,
    ) as string,
  })
})

it('gives back each use of what is allowed, and names what is allowed in vain', async () => {
  const allows = { shell: 'tells the time', program: 'packs', 'alter-system': 'tunes', http: 'calls' }
  const taken = await check(allows)
  expect(taken.map(({ way, file, line }) => [way, file, line])).toEqual([
    ['shell', 'run_all.sql', 7],
    ['program', 'more.sql', 1],
    ['alter-system', 'rollback.sql', 4],
  ])
  expect(findUnusedAllowances(taken, allows)).toEqual(['http'])
})

it('finds none in a release that stays in its database, guards and all', async () => {
  await using files = await makeTestRelease()
  expect(checkEscapes(await files.read(), { database: 'depot', allows: {} })).toEqual([])
})
