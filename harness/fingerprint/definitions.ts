import type { Session } from '../postgres/session.ts'
import { readCatalog, type Catalog } from './catalog/catalog.ts'
import { countCatalogRows } from './catalog/count-catalog-rows.ts'
import { readSystemObjects } from './catalog/system-objects.ts'
import { writtenSince, type Horizon } from './content/horizon.ts'

/** All definitions of a database. */
export interface Definitions {
  /** Objects of the database. */
  readonly catalog: Catalog
  /** The system's own objects, whose changes show by catalog. */
  readonly system: Catalog
  /** Rows of all catalogs that were read for it. */
  readonly catalogRows: number
}

/** An earlier reading of the same database, or of what it is a physical copy of. */
export type EarlierDefinitions = Definitions & { readonly horizon: Horizon }

/** Reads them; takes them over where no row of a catalog was written since, and none is gone. */
export async function readDefinitions(
  session: Session,
  now: Horizon,
  earlier?: EarlierDefinitions,
): Promise<Definitions> {
  const condition = earlier && writtenSince(earlier.horizon, now)
  const { rows, written } = await countCatalogRows(session, condition ?? 'false')
  if (earlier !== undefined && condition !== undefined && written === 0 && rows === earlier.catalogRows) {
    const { catalog, system, catalogRows } = earlier
    return { catalog, system, catalogRows }
  }
  return { catalog: await readCatalog(session), system: await readSystemObjects(session), catalogRows: rows }
}
