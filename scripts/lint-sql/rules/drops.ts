import type { SqlFault, SqlFile } from '../sql-file.ts'
import { type Fields, locationOf, textOf, walk } from '../walk.ts'

const cascadeFault = 'CASCADE, which takes more than it names. Name what goes, each before what it depends on'
const dropFault = 'a DROP outside the rollback. A tier only adds; write it into rollback.sql'

/** Only the rollback drops, and nothing cascades: not in a statement, nor in one that a body puts together as text. */
export function checkDrops({ trees, isRollback }: SqlFile): SqlFault[] {
  return trees.flatMap(({ root, lineOf }) =>
    [...walk(root)].flatMap(({ type, fields }) => {
      const line = lineOf(locationOf(fields))
      const faults: SqlFault[] = []
      if (fields.behavior === 'DROP_CASCADE' || cascades(type, fields))
        faults.push({ line, message: cascadeFault })
      if (!isRollback && drops(type, fields)) faults.push({ line, message: dropFault })
      return faults
    }),
  )
}

function drops(type: string, fields: Fields): boolean {
  if (type === 'AlterTableCmd') return /^AT_Drop(Column|Constraint)$/.test(textOf(fields, 'subtype'))
  return /^Drop\w*Stmt$/.test(type) || (type === 'sval' && /^\s*DROP\s/i.test(textOf(fields, 'sval')))
}

function cascades(type: string, fields: Fields): boolean {
  return type === 'sval' && /^\s*(DROP|TRUNCATE|ALTER|REVOKE)\s.*\sCASCADE\b/is.test(textOf(fields, 'sval'))
}
