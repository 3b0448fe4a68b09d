import type { Session } from '../../harness/postgres/session.ts'
import type { Catalog } from '../../harness/fingerprint/catalog/catalog-object.ts'
import { readCatalog, readClusterCatalog } from '../../harness/fingerprint/catalog/catalog.ts'
import {
  type CatalogDifference,
  compareCatalogs,
} from '../../harness/fingerprint/catalog/compare-catalogs.ts'
import { librarySql } from './library.ts'

/** `+ key`, `- key` and `~ key: attributes` of each difference, but for what came or went with its parent. */
export function showDifference({ created, dropped, altered }: CatalogDifference): string[] {
  return [
    ...created
      .filter(({ withParent }) => !withParent)
      .map((object) => `+ ${object.class} ${object.identity}`),
    ...dropped
      .filter(({ withParent }) => !withParent)
      .map((object) => `- ${object.class} ${object.identity}`),
    ...altered.map(
      (object) =>
        `~ ${object.class} ${object.identity}: ${Object.keys(object.attributes).toSorted().join(', ')}`,
    ),
  ]
}

/** What a change of the library shows, in a transaction that is rolled back. */
export async function showChanges(session: Session, setup: string, change: string): Promise<string[]> {
  await session.rows(`BEGIN; ${librarySql}; ${setup}`)
  try {
    const before = await readBoth(session)
    await session.rows(change)
    return showDifference(compareCatalogs(before, await readBoth(session)))
  } finally {
    await session.rows('ROLLBACK')
  }
}

/** The objects of the database and of its cluster. */
async function readBoth(session: Session): Promise<Catalog> {
  return new Map([...(await readCatalog(session)), ...(await readClusterCatalog(session))])
}
