import { loadModule } from 'libpg-query'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '../../postgres/connection.ts'
import { CloneStatementFilter } from './clone-statements-filter.ts'
import { StatementFilter } from './statement-filter.ts'

beforeAll(() => loadModule())

const make = () =>
  new CloneStatementFilter({
    superuser: 'postgres',
    maintenance: 'postgres',
    isOurs: (name) => ['clone', 'copy'].includes(name),
    isHarmless: (text) => text === 'SELECT end_sessions()',
  })
const as = (user: string, database: string): Connection => ({
  host: '/nowhere',
  port: 5432,
  user,
  password: '',
  database,
})

describe('the guard of our own databases on production’s server', () => {
  it('lets everybody into them, and the superuser alone into the maintenance database', async () => {
    const beside = make()
    const entered = [
      as('reader', 'clone'),
      as('postgres', 'copy'),
      as('postgres', 'postgres'),
      as('reader', 'postgres'),
      as('postgres', 'production'),
    ]
    expect(entered.map((connection) => beside.admits(connection))).toEqual([true, true, true, false, false])
    const guard = await StatementFilter.make({
      role: 'reader',
      database: 'production',
      place: 'production',
      beside,
    })
    expect(() => guard.enter(as('postgres', 'production'))).toThrow(
      'a session of "postgres" in database "production" was not opened on production\'s server',
    )
    expect(() => guard.start(as('postgres', 'production'), 'psql', [])).toThrow('was not opened')
    guard.start(as('postgres', 'clone'), '/bin/psql', ['-X'])
    expect(beside.read().programs).toMatchObject([{ program: 'psql', arguments: ['-X'] }])
  })

  it('lets anything happen in them, and records what the server as a whole is asked', () => {
    const beside = make()
    const [clone, maintenance] = [as('postgres', 'clone'), as('postgres', 'postgres')].map((connection) =>
      beside.enter(connection),
    )
    clone!.admit('DROP TABLE orders')
    clone!.admit("COMMENT ON DATABASE clone IS 'made'")
    maintenance!.admit('CREATE DATABASE copy TEMPLATE clone')
    maintenance!.admit('SELECT end_sessions()')
    maintenance!.admit('SELECT 1')
    expect(beside.read().statements.map(({ statement, kind }) => `${kind}: ${statement}`)).toEqual([
      "administration: COMMENT ON DATABASE clone IS 'made'",
      'administration: CREATE DATABASE copy TEMPLATE clone',
      'administration: SELECT end_sessions()',
      'reading: SELECT 1',
    ])
  })

  it.each([
    ['clone', 'ALTER DATABASE production RENAME TO old', 'it names "production", which no rehearsal created'],
    ['postgres', 'DROP DATABASE production', 'it names "production", which no rehearsal created'],
    [
      'postgres',
      'CREATE DATABASE copy TEMPLATE production',
      'it names "production", which no rehearsal created',
    ],
    ['clone', 'ALTER ROLE shipper SUPERUSER', 'it is AlterRoleStmt, which affects the whole server'],
    ['clone', 'DROP TABLE a; CREATE ROLE b', 'it is CreateRoleStmt, which affects the whole server'],
    ['postgres', 'CREATE TABLE a ()', 'it is no SELECT, but CREATE'],
    ['postgres', 'SELECT pg_terminate_backend(1)', 'it calls pg_terminate_backend'],
  ])('refuses in %s: %s', (database, text, why) => {
    const beside = make()
    const session = beside.enter(as('postgres', database))
    for (const _time of ['once', 'again']) expect(() => session.admit(text)).toThrow(why)
    expect(beside.read()).toMatchObject({
      statements: [],
      refused: [{ statement: text }, { statement: text }],
    })
  })
})
