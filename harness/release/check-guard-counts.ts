import { RehearsalError } from '../errors.ts'
import { scanGuards } from './guards.ts'
import { decodeScript } from './read-text.ts'
import type { Release } from './release.ts'

/** Throws GUARD_COUNT with every place that has too few or too many guards, or a use that is not a guard. */
export function checkGuardCounts(release: Release, database: string): void {
  const units = [
    { name: 'the script', paths: pathsOf(release, 'script'), expected: [0] },
    ...release.tiers.map((tier) => ({
      name: tier.id,
      paths: pathsOf(release, 'tier').filter((path) => release.tierOf.get(path) === tier.id),
      expected: tier.guarded === undefined ? [0, 1] : tier.guarded ? [1] : [0],
    })),
    { name: 'the rollback', paths: pathsOf(release, 'rollback'), expected: expectOfRollback(release) },
  ]
  const problems = units.flatMap((unit) => findProblems(release, database, unit))
  if (problems.length === 0) return
  throw new RehearsalError('GUARD_COUNT', `the release's database guards: ${problems.join('\n')}`, {
    hint: `write a guard as "current_database() <> '${database}'", one in each guarded tier and in the rollback`,
    details: { problems },
  })
}

/** A release that declares its tiers guarded guards its rollback, too, where it has one. */
function expectOfRollback({ tiers, rollback }: Release): number[] {
  return rollback !== undefined && tiers.some(({ guarded }) => guarded === true) ? [1] : [0, 1]
}

interface Unit {
  readonly name: string
  readonly paths: readonly string[]
  readonly expected: readonly number[]
}

function findProblems(release: Release, database: string, unit: Unit): string[] {
  const problems: string[] = []
  const places: string[] = []
  for (const path of unit.paths) {
    const { guards, others } = scanGuards(decodeScript(path, release.bytes.get(path)!), database)
    places.push(...guards.map((guard) => `${path}:${guard.line}`))
    for (const use of others) {
      problems.push(
        `${path}:${use.line}: "${use.text}" depends on the database's name and is no guard for '${database}': it cannot be redirected`,
      )
    }
  }
  if (!unit.expected.includes(places.length)) {
    const found = places.length === 0 ? 'none' : `${places.length} (${places.join(', ')})`
    problems.push(
      `${unit.paths.join(', ')} (${unit.name}): expected ${unit.expected.join(' or ')}, found ${found}`,
    )
  }
  return problems
}

function pathsOf(release: Release, role: 'script' | 'tier' | 'rollback'): string[] {
  return release.files.filter((file) => file.role === role).map((file) => file.path)
}
