import { checkComments } from './rules/comments.ts'
import { checkConstraintNames } from './rules/constraint-names.ts'
import { checkDrops } from './rules/drops.ts'
import { checkKeywords } from './rules/keywords.ts'
import { checkLayout } from './rules/layout.ts'
import { checkSchemas } from './rules/schemas.ts'
import { checkTransaction } from './rules/transaction.ts'
import { isSqlFault, readSqlFile, type SqlFault, type SqlFile } from './sql-file.ts'

type Rule = (file: SqlFile) => SqlFault[]

const rulesOfAll: readonly Rule[] = [checkLayout, checkKeywords]
const rulesOfRelease: readonly Rule[] = [
  checkTransaction,
  checkSchemas,
  checkConstraintNames,
  checkComments,
  checkDrops,
]

/**
 * The faults of one SQL file, by line: every file must parse as PostgreSQL does it and keep the common rules;
 * those under `release/` keep the release's rules as well.
 */
export async function lintSql(path: string, text: string): Promise<SqlFault[]> {
  const file = await readSqlFile(path, text)
  if (isSqlFault(file)) return [file]
  const rules = file.isRelease ? [...rulesOfAll, ...rulesOfRelease] : rulesOfAll
  return rules.flatMap((rule) => rule(file)).sort((left, right) => left.line - right.line)
}
