import type { Change } from './project.ts'

/** What a tier does, and how the rollback takes it back: not quite. */
export interface Reversal extends Change {
  readonly back: string
}

const then = 'in the clone before the first tier'
const now = 'in the clone rolled back'
const differs = (what: string, before: string, after: string) =>
  `${what} is ${before} ${then}, ${after} ${now}`
/** All rights of a view's owner. */
const all = (owner: string) => `${owner}=arwdDxt/${owner}`

export const reversals: readonly Reversal[] = [
  {
    name: 'a view forgotten',
    sql: 'CREATE OR REPLACE VIEW desk.v_late AS SELECT id FROM desk.loans WHERE days > 21',
    back: 'DROP VIEW IF EXISTS desk.v_later',
    told: [`view desk.v_late is ${now} only`],
  },
  {
    name: 'a view made anew without its grant',
    sql: 'CREATE OR REPLACE VIEW desk.v_rooms AS SELECT DISTINCT room, true AS is_open FROM desk.shelves',
    back: 'DROP VIEW desk.v_rooms; CREATE VIEW desk.v_rooms AS SELECT DISTINCT room FROM desk.shelves',
    told: [
      differs(
        'view desk.v_rooms: grants',
        `"${all('librarian')}, visitors=r/librarian"`,
        `"${all('librarian')}"`,
      ),
    ],
  },
  {
    name: 'a view made anew by another owner',
    sql: 'DROP VIEW IF EXISTS desk.v_boards',
    back: `DROP VIEW IF EXISTS desk.v_boards;
      CREATE VIEW desk.v_boards AS SELECT code, metres FROM desk.shelves`,
    told: [
      differs('view desk.v_boards: grants', `"${all('clerks')}"`, `"${all('librarian')}"`),
      differs('view desk.v_boards: owner', '"clerks"', '"librarian"'),
    ],
  },
  {
    name: 'a view made anew without security_invoker',
    sql: 'ALTER VIEW desk.v_cards RENAME COLUMN card TO card_code',
    back: 'DROP VIEW desk.v_cards; CREATE VIEW desk.v_cards AS SELECT card FROM desk.readers',
    told: [differs('view desk.v_cards: options', '"{security_invoker=true}"', 'not set')],
  },
  {
    name: "a column's comment taken away",
    sql: `COMMENT ON COLUMN desk.shelves.metres IS 'Length in metres.'`,
    back: 'COMMENT ON COLUMN desk.shelves.metres IS NULL',
    told: [differs('column desk.shelves.metres: comment', '"Length, all boards together."', 'not set')],
  },
  {
    name: 'a label of an enum left',
    sql: `ALTER TYPE desk.state ADD VALUE IF NOT EXISTS 'lost'`,
    back: `SELECT 1`,
    told: [differs('type desk.state: labels', `"'lent', 'returned'"`, `"'lent', 'returned', 'lost'"`)],
  },
  {
    name: 'a column from the middle added again as the last',
    sql: 'ALTER TABLE desk.rooms DROP COLUMN IF EXISTS floor',
    back: `ALTER TABLE desk.rooms ADD COLUMN IF NOT EXISTS floor integer;
      UPDATE desk.rooms SET floor = CASE code WHEN 'east' THEN 1 ELSE 0 END WHERE floor IS NULL`,
    told: [
      differs('column desk.rooms.floor: position', '"2"', '"3"'),
      differs('column desk.rooms.seats: position', '"3"', '"2"'),
    ],
  },
  {
    name: 'rows stamped by their trigger',
    sql: `UPDATE desk.fees SET cents = 250 WHERE code = 'late'`,
    back: `UPDATE desk.fees SET cents = 200 WHERE code = 'late' AND cents = 250`,
    told: [
      'content of desk.fees differs between the clone before the first tier and the clone rolled back, with the same number of rows',
    ],
  },
  {
    name: 'rows of an audit left',
    sql: 'UPDATE desk.loans SET days = 28 WHERE id = 1',
    back: 'UPDATE desk.loans SET days = 21 WHERE id = 1 AND days = 28',
    told: [`rows of desk.loan_changes: 0 ${then}, 2 ${now}`],
  },
]
