import { expect, it } from 'vitest'
import { statementEndLine } from './statement-end.ts'

const sql = `-- Purpose; and more.
DO $guard$
BEGIN
  IF current_database() <> 'library' THEN
    RAISE EXCEPTION 'no;';
  END IF;
END
$guard$;
SELECT ';'
;
`

it.each([
  ['in a dollar quote, past the semicolons of its body', 'current_database', 8],
  ['in a statement over several lines, past one in a string', 'SELECT', 10],
])('ends %s', (_what, text, line) => {
  expect(statementEndLine(sql, sql.indexOf(text))).toBe(line)
})

it('has no end where no semicolon follows', () => {
  expect(statementEndLine('SELECT 1', 0)).toBeNull()
})
