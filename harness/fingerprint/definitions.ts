import type { Session } from '../postgres/session.ts'
import type { Catalog } from './catalog/catalog-object.ts'
import { readCatalog } from './catalog/catalog.ts'
import { countCatalogRows } from './catalog/count-catalog-rows.ts'
import { readSystemObjects } from './catalog/system-objects.ts'
import { writtenSince, type Horizon } from './content/horizon.ts'

/** All definitions of a database. */
export interface Definitions {
  /** Objects of the database. */
  readonly catalog: Catalog
  /** The system's own objects, whose changes show by catalog. */
  readonly system: Catalog
  /** Number of rows in the catalogs that were read for it, and of those that are the system's own. */
  readonly catalogRows: number
  readonly systemRows: number
}

/** An earlier reading of the same database, or of what it is a physical copy of. */
export type EarlierDefinitions = Definitions & { readonly horizon: Horizon }

/**
 * Reads all definitions. Takes them over from the earlier reading if no row of a catalog was written since, and none is
 * gone; those of the system's own objects if that is true of their rows.
 */
export async function readDefinitions(
  session: Session,
  now: Horizon,
  earlier?: EarlierDefinitions,
): Promise<Definitions> {
  const condition = earlier && writtenSince(earlier.horizon, now)
  const { rows, written, system } = await countCatalogRows(session, condition ?? 'false')
  const known = condition === undefined ? undefined : earlier
  const isSame = written === 0 && rows === known?.catalogRows
  const isSystemSame = system.written === 0 && system.rows === known?.systemRows
  return {
    catalog: known !== undefined && isSame ? known.catalog : await readCatalog(session),
    system: known !== undefined && isSystemSame ? known.system : await readSystemObjects(session),
    catalogRows: rows,
    systemRows: system.rows,
  }
}
