import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { RehearsalError } from '../../errors.ts'
import { declaredColumns } from './declared.ts'
import { refuseUnknownColumns } from './server-columns.ts'

/** Versions, parted by spaces → catalog → its columns in all of these versions, parted by spaces. */
type ColumnsOfVersions = Readonly<Record<string, Readonly<Record<string, string>>>>

const fixture = new URL('../../../tests/fingerprint/catalog-columns.json', import.meta.url)
const ofVersions = JSON.parse(readFileSync(fixture, 'utf8')) as ColumnsOfVersions

const columnsOf = (version: string): { table: string; column: string }[] =>
  Object.entries(ofVersions)
    .filter(([versions]) => versions.split(' ').includes(version))
    .flatMap(([, tables]) => Object.entries(tables))
    .flatMap(([table, columns]) => columns.split(' ').map((column) => ({ table, column })))

describe('the declaration of system catalogs', () => {
  it.each(['14', '15', '16', '17', '18'])('knows every column of PostgreSQL %s', (version) => {
    expect(columnsOf(version).length).toBeGreaterThan(560)
    expect(() => refuseUnknownColumns(columnsOf(version))).not.toThrow()
  })

  it('knows no column that none of these versions has', () => {
    const known = new Set(
      ['14', '15', '16', '17', '18'].flatMap(columnsOf).map(({ table, column }) => `${table}.${column}`),
    )
    const declared = [...declaredColumns].flatMap(([table, columns]) =>
      [...columns.keys()].map((column) => `${table}.${column}`),
    )
    expect(declared.filter((column) => !known.has(column))).toEqual([])
  })

  it('gives every ignored column a reason, and every other an attribute', () => {
    const readings = [...declaredColumns.values()].flatMap((columns) => [...columns.values()])
    const silent = readings.filter((reading) =>
      'ignored' in reading ? reading.ignored.length < 7 : reading.attribute === '',
    )
    expect(silent).toEqual([])
  })

  it('refuses a server that has a column more, by its name', () => {
    const columns = [
      ...columnsOf('18'),
      { table: 'pg_class', column: 'relmood' },
      { table: 'pg_moods', column: 'oid' },
    ]
    const refusal = catchError(() => refuseUnknownColumns(columns))
    expect(refusal).toMatchObject({
      code: 'CATALOG_UNKNOWN',
      message: expect.stringContaining('pg_class.relmood, pg_moods.oid') as string,
      hint: expect.stringContaining('declare each under harness/fingerprint/catalog/declarations') as string,
    })
  })
})

function catchError(body: () => void): unknown {
  try {
    body()
  } catch (error) {
    if (error instanceof RehearsalError) return error
    throw error
  }
  return undefined
}
