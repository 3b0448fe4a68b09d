import type { SqlFault, SqlFile } from '../sql-file.ts'
import { findNodes, textOf } from '../walk.ts'

const timeouts = ['lock_timeout', 'statement_timeout']

/** A file of a release is one transaction whose first settings are its timeouts; an entry script holds no statement. */
export function checkTransaction({ statements, text }: SqlFile): SqlFault[] {
  if (statements.length === 0)
    return /^\\ir? /m.test(text) ? [] : [{ line: 1, message: 'no statement. Remove the file' }]
  const kinds = statements.map(({ root }) => textOf(findNodes(root, 'TransactionStmt')[0] ?? {}, 'kind'))
  const faults: SqlFault[] = []
  statements.forEach(({ lineOf }, index) => {
    const [kind, isFirst, isLast] = [kinds[index], index === 0, index === statements.length - 1]
    if (isFirst && kind !== 'TRANS_STMT_BEGIN')
      faults.push({ line: lineOf(), message: 'a statement before the transaction. Write BEGIN; first' })
    else if (isLast && kind !== 'TRANS_STMT_COMMIT')
      faults.push({
        line: lineOf(),
        message: 'the transaction does not end with the file. Write COMMIT; last',
      })
    else if (!isFirst && !isLast && kind !== '')
      faults.push({ line: lineOf(), message: 'more than one transaction. Write one BEGIN; … COMMIT; a file' })
  })
  const first = statements.slice(1, 3).map(({ root }) => localSetting(root))
  const missing = timeouts.filter((name) => !first.includes(name))
  if (kinds[0] === 'TRANS_STMT_BEGIN' && missing.length > 0) {
    const line = statements[1]?.lineOf() ?? 1
    faults.push({
      line,
      message: `no ${missing.join(', no ')}. Write SET LOCAL ${missing[0]} = '…'; right after BEGIN`,
    })
  }
  return faults
}

function localSetting(root: unknown): string | undefined {
  const [setting] = findNodes(root, 'VariableSetStmt')
  return setting?.is_local === true ? textOf(setting, 'name') : undefined
}
