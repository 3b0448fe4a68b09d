/** SQL that writes a value of a system catalog without OIDs. Each takes the SQL of the value. */
type Writer = (value: string) => string

export const asIs: Writer = (value) => `${value}::text`
export const hashed: Writer = (value) => `encode(sha256(convert_to(${value}::text, 'UTF8')), 'hex')`

/** Zero, PostgreSQL's "none", is SQL NULL. */
const orNone =
  (write: Writer): Writer =>
  (value) =>
    `CASE WHEN ${value} <> 0 THEN ${write(value)} END`

export const schema = orNone((value) => `${value}::regnamespace::text`)
export const role: Writer = (value) => `CASE WHEN ${value} = 0 THEN 'PUBLIC' ELSE ${value}::regrole::text END`
export const type = orNone((value) => `format_type(${value}, NULL)`)
export const routine = orNone((value) => `${value}::oid::regprocedure::text`)
export const operator = orNone((value) => `${value}::regoperator::text`)
export const collation = orNone((value) => `${value}::regcollation::text`)

/** Functions are used rather than subqueries: planning hundreds of these takes longer than running them. */
const identified =
  (catalog: string): Writer =>
  (value) =>
    `(pg_identify_object('${catalog}'::regclass, ${value}, 0)).identity`

export const relation = orNone(identified('pg_class'))
export const accessMethod = orNone(identified('pg_am'))
export const language = identified('pg_language')
export const tablespace = orNone(identified('pg_tablespace'))
export const server = identified('pg_foreign_server')
export const wrapper = identified('pg_foreign_data_wrapper')
export const publication = identified('pg_publication')
export const subscription = identified('pg_subscription')
export const database = identified('pg_database')
export const parser = identified('pg_ts_parser')
export const template = identified('pg_ts_template')
export const dictionary = identified('pg_ts_dict')
export const operatorClass = identified('pg_opclass')
export const operatorFamily = orNone(identified('pg_opfamily'))

export const qualified = (namespace: string, name: string): string =>
  `${namespace}::regnamespace::text || '.' || quote_ident(${name})`

/** An array (or vector) in its own order. */
export const listOf =
  (write: Writer): Writer =>
  (value) =>
    `CASE WHEN ${value} IS NOT NULL THEN (SELECT string_agg(coalesce(${write('item.value')}, '-'), ', ' ORDER BY item.place) FROM unnest(${value}) WITH ORDINALITY item (value, place)) END`

/** An array whose order says nothing. */
export const setOf =
  (write: Writer): Writer =>
  (value) =>
    `(SELECT string_agg(listed.name, ', ' ORDER BY listed.name COLLATE "C") FROM (SELECT ${write('item.value')} AS name FROM unnest(${value}) item (value)) listed)`

/** Column numbers of a relation, as names in the order of the array. */
export const columnsOf =
  (relationOid: string): Writer =>
  (value) =>
    `(SELECT string_agg(coalesce(quote_ident(named.attname), '-'), ', ' ORDER BY item.place) FROM unnest(${value}::int2[]) WITH ORDINALITY item (value, place) LEFT JOIN pg_attribute named ON named.attrelid = ${relationOid} AND named.attnum = item.value)`

/**
 * `grantee=privileges/grantor` of each grant, a line each. No list at all means the default of the kind of object.
 */
export const grants =
  (kind: string, owner: string): Writer =>
  (value) =>
    granted(`coalesce(${value}, acldefault(${kind}, ${owner}))`)

export const granted: Writer = (value) => `array_to_string(${value}, E'\\n')`

/** The words for PostgreSQL's one-letter codes; a letter that has none is written itself. */
export const words =
  (meanings: Readonly<Record<string, string>>): Writer =>
  (value) =>
    `CASE ${value} ${Object.entries(meanings)
      .map(([code, word]) => `WHEN '${code}' THEN '${word}'`)
      .join(' ')} ELSE ${value}::text END`
