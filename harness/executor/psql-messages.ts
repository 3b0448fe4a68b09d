/** An error as psql told it; `file` and `line` are of the script, null where psql named none. */
export interface PsqlError {
  readonly severity: string
  readonly sqlstate: string | null
  readonly message: string
  readonly detail: string | null
  readonly hint: string | null
  readonly context: string | null
  readonly constraint: string | null
  readonly file: string | null
  readonly line: number | null
}
