/** True of a schema (`n`, a row of pg_namespace) that is not the system's own, as SQL: names with pg_ are reserved to it. */
export const isUserSchema = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
