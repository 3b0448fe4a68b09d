import { describe, expect, it } from 'vitest'
import type { Catalog, CatalogObject } from './catalog-object.ts'
import { compareCatalogs } from './compare-catalogs.ts'

const toCatalog = (...objects: CatalogObject[]): Catalog =>
  new Map(objects.map((object) => [`${object.class} ${object.identity}`, object]))

const table: CatalogObject = {
  class: 'table',
  identity: 'public.loans',
  parent: null,
  attributes: { owner: 'librarian', options: null },
}
const column: CatalogObject = {
  class: 'column',
  identity: 'public.loans.id',
  parent: 'table public.loans',
  attributes: { type: 'integer' },
}

describe('two catalogs', () => {
  it('that say the same differ in nothing', () => {
    const nothing = { created: [], dropped: [], altered: [] }
    expect(compareCatalogs(toCatalog(table, column), toCatalog({ ...column }, { ...table }))).toEqual(nothing)
  })

  it('differ in a child with its parent where both came or went', () => {
    const created = [
      { ...column, withParent: true },
      { ...table, withParent: false },
    ]
    expect(compareCatalogs(toCatalog(), toCatalog(table, column)).created).toEqual(created)
    expect(compareCatalogs(toCatalog(table, column), toCatalog()).dropped).toEqual(created)
  })

  it('differ in a child alone where its parent stays', () => {
    const { dropped } = compareCatalogs(toCatalog(table, column), toCatalog(table))
    expect(dropped).toEqual([{ ...column, withParent: false }])
  })

  it('differ in the attributes whose values differ, each told before and after', () => {
    const after = { ...table, attributes: { owner: 'reader', options: null, comment: 'what is out' } }
    expect(compareCatalogs(toCatalog(table), toCatalog(after)).altered).toEqual([
      {
        class: 'table',
        identity: 'public.loans',
        attributes: {
          owner: { before: 'librarian', after: 'reader' },
          comment: { before: null, after: 'what is out' },
        },
      },
    ])
  })

  it('do not differ where one leaves out what the other says is null', () => {
    const silent = { ...table, attributes: { owner: 'librarian' } }
    expect(compareCatalogs(toCatalog(table), toCatalog(silent)).altered).toEqual([])
  })
})
