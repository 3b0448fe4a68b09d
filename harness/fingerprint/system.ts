import type { Session } from '../postgres/session.ts'
import type { Catalog } from './catalog/catalog.ts'
import { countSystemRows, readSystemObjects } from './catalog/system-objects.ts'
import { writtenSince, type Horizon } from './content/horizon.ts'

/** The system's own objects, as far as a change of them shows. */
export interface SystemReading {
  readonly objects: Catalog
  /** Rows of the catalogs that were read, others' objects among them. */
  readonly rows: number
}

/** An earlier reading of the same database, or of what it is a physical copy of. */
export interface EarlierSystem {
  readonly horizon: Horizon
  readonly system: SystemReading
}

/** Reads the system's own objects; takes them over where no row of a catalog was written since, and none is gone. */
export async function readSystem(
  session: Session,
  now: Horizon,
  earlier?: EarlierSystem,
): Promise<SystemReading> {
  const written = earlier && writtenSince(earlier.horizon, now)
  const counted = await countSystemRows(session, written ?? 'false')
  const isSame = written !== undefined && counted.written === 0 && counted.rows === earlier?.system.rows
  return isSame ? earlier!.system : { objects: await readSystemObjects(session), rows: counted.rows }
}
