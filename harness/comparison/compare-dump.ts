import type { Pair } from '../restore/dump/pair.ts'
import { isFilledAnew, withoutDumpLosses, type DumpLoss } from '../restore/dump/dump-loss.ts'
import { copiedPart } from '../restore/privileges/copied-statements.ts'
import { withoutSpelling } from '../restore/dump/same-definition.ts'
import { compareCatalogs, type CatalogDifference } from '../fingerprint/catalog/compare-catalogs.ts'
import type { Catalog } from '../fingerprint/catalog/catalog-object.ts'
import type { Fingerprint } from '../fingerprint/fingerprint.ts'
import type { Reading } from '../measure/reading.ts'

/** How a database and what was restored from its dump are compared. */
export interface DumpComparison {
  /** Whether owners and grants were brought over beside the dump. */
  readonly privileges: boolean
  /** Dump losses are added here. */
  readonly carried: DumpLoss[]
  /** The two as they were when the dump was restored, where a release has run on them since. */
  readonly atRestore?: Pair<Reading>
}
/** A dump, with the name of the first database, and that of its counterpart in the other cluster. */
export interface RestoredDump extends DumpComparison {
  readonly databases: readonly [source: string, restored: string]
  /** Whether the comment of the second is the mark of a run. */
  readonly isMarked?: boolean
  /** Tables that differ by the column named, which was set to blank the second, and by nothing else. */
  readonly blanked: ReadonlyMap<string, string>
}

/** What two databases in clusters of their own differ in beside their own objects: in what is brought over. */
export function compareCopied(one: Fingerprint, two: Fingerprint, dump: RestoredDump): CatalogDifference[] {
  const [source, restored] = dump.databases
  const { isMarked = false } = dump
  // Two clusters may have been made with other templates: digests of the system's own objects are not comparable.
  const part = (catalog: Catalog, kinds: readonly string[]) =>
    new Map([...catalog].filter(([, object]) => kinds.includes(object.class)))
  const [first, second] = [
    copiedPart(one.cluster, source, source, { isMarked }),
    copiedPart(two.cluster, restored, source, { isMarked }),
  ]
  if (!dump.privileges) {
    const kinds = ['subscription']
    return [takeCarried(part(first, kinds), part(second, kinds), dump)]
  }
  const kinds = ['system grants']
  return [compareCatalogs(part(one.system, kinds), part(two.system, kinds)), takeCarried(first, second, dump)]
}

/**
 * Tables whose rows may differ between a database and its blanked restore, by what each is: reported, but no
 * difference.
 */
export function findExcused(
  changed: readonly string[],
  readings: Pair<Reading>,
  dump: RestoredDump | undefined,
): Set<string> {
  const stale = findStale(changed, readings, dump)
  if (dump === undefined) return stale
  const blanked = changed.filter((table) => !stale.has(table) && dump.blanked.has(table))
  for (const table of blanked) {
    const [object, attribute] = [`table ${table}`, dump.blanked.get(table)!]
    dump.carried.push({ rule: 'blanked', object, attribute, before: 'true', after: 'false' })
  }
  return new Set([...stale, ...blanked])
}

/**
 * Materialized views that kept older rows in the source, which a restored dump does not keep: reported, but no
 * difference.
 */
export function findStale(
  changed: readonly string[],
  { source, restored }: Pair<Reading>,
  dump: DumpComparison | undefined,
): Set<string> {
  if (dump === undefined) return new Set()
  const digest = ({ fingerprint }: Reading, table: string) => fingerprint.contents.get(table)?.digest
  const { atRestore = { source, restored } } = dump
  const stale = changed.filter(
    (table) =>
      isFilledAnew(table, source.fingerprint.catalog) &&
      digest(atRestore.source, table) === digest(source, table) &&
      digest(atRestore.restored, table) === digest(restored, table),
  )
  for (const object of stale) {
    dump.carried.push({
      rule: 'stale materialized view',
      object,
      attribute: 'rows',
      before: null,
      after: null,
    })
  }
  return new Set(stale)
}

/**
 * What two catalogs differ in, but for spelling and, where one was restored from a dump, what a dump does not carry.
 */
export async function compareAcross(
  one: Catalog,
  two: Catalog,
  dump?: DumpComparison,
): Promise<CatalogDifference> {
  const difference = await withoutSpelling(compareCatalogs(one, two))
  return dump === undefined ? difference : takeCarried(one, two, dump, difference)
}

/** The differences of two catalogs, except for dump losses, which are reported. */
function takeCarried(
  source: Catalog,
  restored: Catalog,
  dump: DumpComparison,
  difference = compareCatalogs(source, restored),
): CatalogDifference {
  const { atRestore, carried, privileges } = dump
  const taken = withoutDumpLosses(
    difference,
    { source, restored },
    {
      privileges,
      atRestore: atRestore && {
        source: atRestore.source.fingerprint.catalog,
        restored: atRestore.restored.fingerprint.catalog,
      },
    },
  )
  carried.push(...taken.carried)
  return taken.difference
}
