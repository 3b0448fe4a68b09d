/** How one column of a system catalog is read: as an attribute of its object, or not at all, with the reason. */
export type Reading =
  | { readonly attribute: string; readonly sql: (column: string) => string }
  | { readonly ignored: string; readonly changesByItself?: true }

export type Readings = Readonly<Record<string, Reading>>

/** A system catalog whose row, if there is one, tells more of the same object. */
export interface Satellite {
  readonly table: string
  readonly on: string
  readonly columns: Readings
}

/** The objects that the rows of one system catalog stand for. In its SQL, each catalog goes by its own name. */
export interface ObjectDeclaration {
  readonly table: string
  /** SQL of the object's class. */
  readonly class: string
  readonly identity: string
  /** SQL of the key of the object that it comes and goes with. */
  readonly parent?: string
  /** SQL of the object's address in pg_depend, pg_description and their like. */
  readonly address?: { readonly catalog: string; readonly oid: string; readonly column?: string }
  /** Rows that stand for an object at all. */
  readonly where?: string
  /** Whether rows that initdb made are objects, too. They have an OID below 16384. */
  readonly withSystem?: true
  /** What is read in place of a catalog that the session may not read: SQL of a FROM item, and what it leaves out. */
  readonly substitute?: { readonly from: string; readonly unreadable: readonly string[] }
  readonly columns: Readings
  readonly satellites?: readonly Satellite[]
  /** Attributes that other catalogs tell, by SQL. */
  readonly more?: Readonly<Record<string, string>>
}

/** A system catalog none of whose rows is an object of its own. */
export interface PartDeclaration {
  readonly table: string
  readonly columns: Readings
}

export function compared(attribute: string, sql: (column: string) => string): Reading {
  return { attribute, sql }
}

export function ignored(reason: string): Reading {
  return { ignored: reason }
}

/** A column that the server changes with no change of the definition. */
export function unsteady(reason: string): Reading {
  return { ignored: reason, changesByItself: true }
}

/** Every one of the columns is ignored for the same reason. */
export function ignoreAll(reason: string, columns: readonly string[]): Readings {
  return Object.fromEntries(columns.map((column) => [column, ignored(reason)]))
}

/** The reasons that many columns share. */
export const inIdentity = ignored('is in the identity of the object')
export const rowOid = ignored('identifies the row in this database only')
export const physical = unsteady('says where and how the data lies, not what it is')
export const estimate = unsteady('is a statistic that changes by itself')
export const lazyHint = unsteady('is a hint that the server may leave stale')

/** A column whose fact shows in another attribute or object. */
export function toldBy(what: string): Reading {
  return ignored(`is covered by ${what}`)
}
