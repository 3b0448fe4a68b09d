import type { SqlFault, SqlFile } from '../sql-file.ts'
import { findNodes, isFields, locationOf, namesOf, textOf, walk } from '../walk.ts'

/** Relations and functions bear their schema wherever they are named, except for catalogs, temporary tables and WITH. */
export function checkSchemas({ trees }: SqlFile): SqlFault[] {
  const temporary = trees.flatMap(({ root }) => relationsOf(root).filter(isTemporary).map(nameOf))
  return trees.flatMap(({ root, lineOf }) => {
    const local = new Set([
      ...temporary,
      ...findNodes(root, 'CommonTableExpr').map((fields) => textOf(fields, 'ctename')),
    ])
    const relations = relationsOf(root)
      .filter((fields) => fields.schemaname === undefined && !local.has(nameOf(fields)))
      .map((fields) => ({ name: nameOf(fields), line: lineOf(locationOf(fields)) }))
    const objects = objectNamesOf(root)
      .filter((names) => names.length === 1 && !local.has(names[0] ?? ''))
      .map(([name = '']) => ({ name, line: lineOf() }))
    return [...relations, ...objects]
      .filter(({ name }) => !name.startsWith('pg_'))
      .map(({ name, line }) => ({ line, message: `"${name}" without its schema. Write public.${name}` }))
  })
}

function relationsOf(root: unknown) {
  return [...walk(root)]
    .map(({ fields }) => fields)
    .filter(({ relname, relpersistence }) => relname !== undefined && relpersistence !== undefined)
}

function nameOf(fields: { relname?: unknown }): string {
  return typeof fields.relname === 'string' ? fields.relname : ''
}

function isTemporary(fields: { relpersistence?: unknown }): boolean {
  return fields.relpersistence === 't'
}

/** Names that are no relation in the parse tree: what is made, commented on, or dropped by name alone. */
function objectNamesOf(root: unknown): string[][] {
  return [
    ...findNodes(root, 'CreateFunctionStmt').map(({ funcname }) => namesOf(funcname)),
    ...findNodes(root, 'CommentStmt')
      .filter(({ objtype }) => schemaBound.has(String(objtype)))
      .map(({ object }) => objectName(object)),
    ...findNodes(root, 'DropStmt')
      .filter(({ removeType }) => schemaBound.has(String(removeType)))
      .flatMap(({ objects }) => (Array.isArray(objects) ? objects.map(objectName) : [])),
  ]
}

const schemaBound = new Set(
  ['TABLE', 'VIEW', 'MATVIEW', 'SEQUENCE', 'INDEX', 'FUNCTION', 'PROCEDURE', 'TYPE', 'DOMAIN'].map(
    (kind) => `OBJECT_${kind}`,
  ),
)

function objectName(object: unknown): string[] {
  const [call] = findNodes(object, 'ObjectWithArgs')
  if (call !== undefined) return namesOf(call.objname)
  const [type] = findNodes(object, 'TypeName')
  return namesOf(isFields(type) ? type.names : object)
}
