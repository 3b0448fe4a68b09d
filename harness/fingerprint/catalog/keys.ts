import { qualified, relation } from './names.ts'

/** SQL of the class of a relation, of its pg_class row. */
export const relationClass = (row: string): string =>
  `CASE ${row}.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'S' THEN 'sequence' WHEN 'c' THEN 'type' ELSE 'index' END`

/** SQL of the key of the relation, of its OID. */
export const relationKey = (oid: string): string =>
  `CASE WHEN ${oid} <> 0 THEN (pg_identify_object('pg_class'::regclass, ${oid}, 0)).type || ' ' || ${relation(oid)} END`

/** SQL of the class of a type, of its pg_type row. */
export const typeClass = (row: string): string => `CASE ${row}.typtype WHEN 'd' THEN 'domain' ELSE 'type' END`

/** SQL of the identity of a type that is no array, of its OID. */
export const typeName = (oid: string): string =>
  `(SELECT ${qualified('keyed.typnamespace', 'keyed.typname')} FROM pg_type keyed WHERE keyed.oid = ${oid})`

export const typeKey = (oid: string): string =>
  `(SELECT ${typeClass('keyed')} || ' ' || ${qualified('keyed.typnamespace', 'keyed.typname')} FROM pg_type keyed WHERE keyed.oid = ${oid})`

/** SQL of the identity of a constraint of a table or a domain, of its OID. */
export const constraintName = (oid: string): string =>
  `(SELECT coalesce(${relation('constrained.conrelid')}, ${typeName('constrained.contypid')}) || '.' || quote_ident(constrained.conname) FROM pg_constraint constrained WHERE constrained.oid = ${oid})`

/** SQL: whether the schema holds temporary or TOAST relations (99), which belong to sessions and to other tables. */
export const isInPassingSchema = (namespace: string): string =>
  `(${namespace} = 99 OR ${namespace} = pg_my_temp_schema() OR pg_is_other_temp_schema(${namespace}))`
