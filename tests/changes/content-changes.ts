import { administer, type Change } from './project.ts'

const onlyInTheClone = (statement: string) => administer(statement, true)

/** Changes to rows. */
export const contentChanges: readonly Change[] = [
  {
    name: 'a materialized view refreshed to the same content',
    sql: 'REFRESH MATERIALIZED VIEW desk.visits_by_month',
    told: ['rows rewritten in desk.visits_by_month: 5, declared 0'],
  },
  {
    name: 'one row more beside twenty thousand',
    sql: `INSERT INTO desk.visits VALUES (20001, '2026-06-01', 5) ON CONFLICT DO NOTHING`,
    told: ['rows inserted in desk.visits: 1, declared 0 (among them (20001))'],
  },
  {
    name: 'values swapped between two rows',
    sql: `UPDATE desk.readers AS r SET name = other.name FROM desk.readers AS other
      WHERE (r.id, other.id) IN ((3, 4), (4, 3))`,
    told: ['rows updated in desk.readers: 2, declared 0 (among them (3), (4))'],
  },
  {
    name: 'an empty text where nothing stood',
    sql: `UPDATE desk.slips SET note = '' WHERE id = 2`,
    told: ['rows updated in desk.slips: 1, declared 0 (among them (2))'],
  },
  {
    name: '1.00 where 1.0 stood',
    sql: 'UPDATE desk.reservations SET place = 1.00 WHERE id = 1',
    told: ['rows updated in desk.reservations: 1, declared 0 (among them (1))'],
  },
  {
    name: 'a large object overwritten',
    sql: `SELECT lo_put(420001, 4, 'Rules')`,
    told: ['rows updated in large objects: 1, declared 0 (among them 420001)'],
  },
  {
    name: 'an unlogged table truncated',
    sql: 'TRUNCATE desk.basket',
    told: ['rows deleted in desk.basket: 7, declared 0 (among them (1), (2), (3), (4), (5))'],
  },
  {
    name: 'rows set to what they are',
    sql: 'UPDATE desk.rooms SET seats = seats',
    told: ['rows rewritten in desk.rooms: 2, declared 0'],
  },
  {
    name: 'a number drawn for nothing',
    sql: `SELECT nextval('desk.ticket_numbers')`,
    told: ['sequence desk.ticket_numbers gave out 1 values, declared 0 (was at 5, is at 6)'],
  },
]

/** Changes beyond the database. */
export const clusterChanges: readonly Change[] = [
  {
    name: 'CREATE ROLE, named as the reader is',
    sql: onlyInTheClone('CREATE ROLE dress_rehearsal_guest'),
    told: ['created role: 1 (dress_rehearsal_guest), declared 0'],
  },
  {
    name: 'ALTER DATABASE … SET',
    sql: onlyInTheClone(`ALTER DATABASE %I SET app.desk = 'shut'`),
    told: ['created settings: 1 (all roles in database library_rehearsal), declared 0'],
  },
  {
    name: 'GRANT ALTER SYSTEM',
    sql: onlyInTheClone('GRANT ALTER SYSTEM ON PARAMETER jit TO librarian'),
    told: ['created parameter: 1 (jit), declared 0'],
  },
]

/** Takes back what else could not be done again. */
export const rollbackOfRole = { sql: onlyInTheClone('DROP ROLE IF EXISTS dress_rehearsal_guest') }

/** Behind the tier's transaction, since it runs in none; production's administrator lets it in. */
export const serverChange: Change = {
  name: 'ALTER SYSTEM',
  sql: `ALTER SYSTEM SET work_mem = '5MB'`,
  told: ['created system setting: 1 (work_mem), declared 0'],
}
