/** A database, and another that was restored from its dump. */
export interface Pair<T> {
  readonly source: T
  readonly restored: T
}
