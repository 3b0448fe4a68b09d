import { isDeepStrictEqual } from 'node:util'
import type { CatalogDifference } from '../fingerprint/catalog/compare-catalogs.ts'
import type { RowChange } from '../fingerprint/content/row-diff.ts'
import type { LargeObject } from '../fingerprint/large-objects.ts'
import { differences } from './differing-figures.ts'

/** What has a value by name; null on the side that lacks the name. */
interface Value<Kind extends string, T> {
  readonly kind: Kind
  readonly name: string
  readonly before: T | null
  readonly after: T | null
}

/** What has values, by its kind: `rows` is a table's number of rows, `writes` its counters of writes. */
interface Values {
  readonly measure: string | number
  readonly rows: number
  readonly sequence: string
  readonly 'large object': LargeObject
  readonly writes: string
}

export type ValueDifference = { [Kind in keyof Values]: Value<Kind, Values[Kind]> }[keyof Values]

/** One respect in which two readings, or two databases, differ. */
export type Difference =
  | ValueDifference
  /** At the same number of rows, where single rows were not compared. */
  | { readonly kind: 'content'; readonly table: string }
  | { readonly kind: 'row by row'; readonly table: string; readonly rows: RowChange }
  /** Rows written anew with the same content. */
  | { readonly kind: 'rewritten'; readonly table: string; readonly rows: number }
  /** The bytes of those whose OIDs the server gave to a release, and which have no name in common. */
  | { readonly kind: 'new large objects' }
  | {
      readonly kind: 'only in one'
      readonly class: string
      readonly identity: string
      readonly side: 'first' | 'second'
    }
  | {
      readonly kind: 'attribute'
      readonly class: string
      readonly identity: string
      readonly attribute: string
      readonly before: string | null
      readonly after: string | null
    }

/** The values of one kind that are not the same on both sides. */
export function compareValues<Kind extends keyof Values>(
  kind: Kind,
  before: Readonly<Record<string, Values[Kind] | null>>,
  after: Readonly<Record<string, Values[Kind] | null>>,
): Value<Kind, Values[Kind]>[] {
  return Object.entries(differences(before, after)).map(([name, sides]) => ({ kind, name, ...sides }))
}

/** Each object that is not alike in both; what came or went with its parent is part of that. */
export function listObjects({ created, dropped, altered }: CatalogDifference): Difference[] {
  const only = (objects: CatalogDifference['created'], side: 'first' | 'second') =>
    objects
      .filter(({ withParent }) => !withParent)
      .map(({ class: kind, identity }) => ({ kind: 'only in one' as const, class: kind, identity, side }))
  return [
    ...only(created, 'second'),
    ...only(dropped, 'first'),
    ...altered.flatMap(({ class: kind, identity, attributes }) =>
      Object.entries(attributes).map(([attribute, sides]) => ({
        kind: 'attribute' as const,
        class: kind,
        identity,
        attribute,
        ...sides,
      })),
    ),
  ]
}

/** Those that are not among the others. */
export function without<T>(from: readonly T[], others: readonly T[]): T[] {
  return from.filter((one) => !others.some((other) => isDeepStrictEqual(one, other)))
}
