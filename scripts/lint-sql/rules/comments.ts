import type { SqlFault, SqlFile, Tree } from '../sql-file.ts'
import { type Fields, findNodes, isFields, namesOf, textOf } from '../walk.ts'

/** What a file makes, it says what for: COMMENT ON every table, view, sequence and function, in the same file. */
export function checkComments({ statements }: SqlFile): SqlFault[] {
  const commented = new Set(
    statements.flatMap(({ root }) => findNodes(root, 'CommentStmt').map(describeComment)),
  )
  return statements.flatMap((tree) =>
    madeBy(tree)
      .filter((made) => !commented.has(made))
      .map((made) => ({
        line: tree.lineOf(),
        message: `no comment. Write COMMENT ON ${made} IS '…' in this file`,
      })),
  )
}

function madeBy({ root }: Tree): string[] {
  return [
    ...findNodes(root, 'CreateStmt').map(({ relation }) => describe('TABLE', relation)),
    ...findNodes(root, 'CreateTableAsStmt').map(({ objtype, into }) =>
      describe(
        objtype === 'OBJECT_MATVIEW' ? 'MATERIALIZED VIEW' : 'TABLE',
        isFields(into) ? into.rel : undefined,
      ),
    ),
    ...findNodes(root, 'ViewStmt').map(({ view }) => describe('VIEW', view)),
    ...findNodes(root, 'CreateSeqStmt').map(({ sequence }) => describe('SEQUENCE', sequence)),
    ...findNodes(root, 'CreateFunctionStmt').map(
      ({ funcname, is_procedure }) =>
        `${is_procedure === true ? 'PROCEDURE' : 'FUNCTION'} ${namesOf(funcname).join('.')}`,
    ),
  ].filter((made) => made !== '')
}

/** Empty for a temporary relation, which nobody reads about later. */
function describe(kind: string, relation: unknown): string {
  if (!isFields(relation) || relation.relpersistence === 't') return ''
  return [kind, [textOf(relation, 'schemaname'), textOf(relation, 'relname')].filter(Boolean).join('.')].join(
    ' ',
  )
}

function describeComment({ objtype, object, comment }: Fields): string {
  if (comment === undefined || comment === '') return ''
  const kind = String(objtype).replace('OBJECT_', '').replace('MATVIEW', 'MATERIALIZED VIEW')
  const [call] = findNodes(object, 'ObjectWithArgs')
  return `${kind} ${namesOf(call?.objname ?? object).join('.')}`
}
