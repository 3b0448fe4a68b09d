import type { SqlFault, SqlFile } from '../sql-file.ts'
import { findNodes, locationOf, textOf } from '../walk.ts'

const kinds: Readonly<Record<string, string>> = {
  CONSTR_PRIMARY: 'pkey',
  CONSTR_UNIQUE: 'key',
  CONSTR_CHECK: 'check',
  CONSTR_FOREIGN: 'fkey',
  CONSTR_EXCLUSION: 'excl',
}

/** Constraints bear names, so that an error names what it is about, and a rollback knows what to drop. */
export function checkConstraintNames({ trees }: SqlFile): SqlFault[] {
  return trees.flatMap(({ root, lineOf }) =>
    findNodes(root, 'Constraint', 'constraints').flatMap((fields) => {
      const suffix = kinds[textOf(fields, 'contype')]
      if (suffix === undefined || fields.conname !== undefined) return []
      const message = `a constraint without a name. Write CONSTRAINT <table>_<column>_${suffix} before it`
      return [{ line: lineOf(locationOf(fields)), message }]
    }),
  )
}
