import { unreadable } from './unreadable.ts'
import type { Guard, Variant } from './redirected.ts'
import { RehearsalError } from '../errors.ts'
import { checkGuardCounts } from './check-guard-counts.ts'
import { checkVariant } from './check-variant.ts'
import { findGuards } from './guards.ts'
import { decodeScript } from './read-text.ts'
import { redirectGuards } from './redirect.ts'
import type { Release } from './release.ts'

/**
 * Redirects every database guard from one name to another. Throws GUARD_COUNT unless each guarded tier and the
 * rollback hold exactly one guard, nothing else holds any, and nothing else depends on the database's name.
 */
export function makeVariant(release: Release, names: { from: string; to: string }): Variant {
  const { from, to } = names
  if (from === to) {
    throw new RehearsalError(
      'CONFIG_INVALID',
      `the clone has production's name "${from}": no guard could distinguish them`,
      {
        hint: 'give the clone a name of its own',
      },
    )
  }
  checkFiles(release)
  checkGuardCounts(release, from)
  const variant: Variant = {
    release,
    from,
    to,
    files: redirectGuards(release.bytes, from, to),
    guards: listGuards(release, from, 'tier'),
    rollbackGuards: listGuards(release, from, 'rollback'),
  }
  const { problems } = checkVariant(release, variant)
  if (problems.length > 0) {
    throw new RehearsalError(
      'GUARD_COUNT',
      `the guards cannot be redirected to "${to}":\n${problems.join('\n')}`,
      {
        hint: 'give the clone a plain name: letters, digits, underscores',
        details: { problems },
      },
    )
  }
  return variant
}

/** Whatever layout has read it: no file may be run that is not listed, and so neither checked nor shown. */
function checkFiles({ files, bytes }: Release): void {
  const listed = files.map(({ path }) => path)
  const unlisted = [...bytes.keys()].find((path) => !listed.includes(path))
  if (unlisted === undefined && listed.every((path) => bytes.has(path))) return
  throw unreadable(unlisted ?? '', null, 'the layout read the file, and does not list it', {
    hint: 'this is a fault of the layout: its files and bytes must name the same paths',
  })
}

function listGuards(release: Release, database: string, role: 'tier' | 'rollback'): Guard[] {
  return release.files
    .filter((file) => file.role === role)
    .flatMap(({ path }) =>
      findGuards(decodeScript(path, release.bytes.get(path)!), database).map((site) => ({
        ...site,
        file: path,
        tier: release.tierOf.get(path) ?? null,
      })),
    )
}
