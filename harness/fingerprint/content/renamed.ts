import type { DataRelation } from './relations.ts'

/**
 * A relation with its columns in the order of the names that they had in an earlier state of it: a column that was
 * renamed since has not advanced, so that its rows read as they did. The column itself is reported as renamed.
 * Names that both states have mean the same column, also where two have exchanged them.
 */
export function inEarlierOrder(now: DataRelation, earlier: DataRelation): DataRelation {
  const namesNow = new Set(now.columns.map(({ name }) => name))
  const namesThen = new Set(earlier.columns.map(({ name }) => name))
  const gone = new Map(
    earlier.columns.filter(({ name }) => !namesNow.has(name)).map((column) => [column.number, column]),
  )
  const names = new Map<string, string>()
  for (const { name, number, type } of now.columns) {
    const was = namesThen.has(name) ? undefined : gone.get(number)
    if (was?.type === type) names.set(name, was.name)
  }
  if (names.size === 0) return now
  const nameThen = (name: string) => names.get(name) ?? name
  const columns = now.columns.toSorted((one, other) => (nameThen(one.name) < nameThen(other.name) ? -1 : 1))
  return { ...now, columns }
}
