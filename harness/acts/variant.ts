import { join } from 'node:path'
import { describeFailure, describePsqlError, scriptErrorExit } from '../executor/require-success.ts'
import type { ScriptResult } from '../executor/run-script.ts'
import { checkVariant } from '../release/check-variant.ts'
import { statementEndLine } from '../release/statement-end.ts'
import type { Guard } from '../release/redirected.ts'
import { writeVariant } from '../release/write-variant.ts'
import { compareReadings } from '../comparison/compare-readings.ts'
import { printDifferences } from '../comparison/print-difference.ts'
import { runOnClone } from './common/run-on-clone.ts'
import { variantDirectory } from './common/run-variant.ts'
import type { Clone } from '../host/host.ts'
import type { NotShown } from '../evidence/schema.ts'
import { defineAct } from './common/act.ts'
import type { Run } from './common/run.ts'
import { clone } from './clone.ts'
import { changeBetween, readClone } from './common/read-clone.ts'

/**
 * Writes the variant, shows that it is the canonical release but for its guards, and that each guarded canonical
 * file, the rollback too, alone, is refused on the clone and changes nothing.
 */
export const variant = defineAct({
  id: 'variant',
  title: 'clone variant: exactly the declared deltas',
  folder: 'variant',
  section: 'harness',
  needs: { clone },
  after: ['escape-attempts'],
  overlap: 'beside',
  async perform(run, { clone: { clone: stepped } }) {
    const { release, reportProgress } = run
    const before = stepped.latest
    await writeVariant(run.variant, variantDirectory(run))
    const check = checkVariant(release, run.variant)

    reportProgress('running the canonical files, which their guards must refuse')
    const refusals: Refusal[] = []
    for (const { file, guard } of listGuarded(run))
      refusals.push(await tryCanonical(run, stepped, file, guard))
    const after = await readClone(run, stepped)
    return {
      status: 'performed' as const,
      problems: [
        ...check.problems,
        ...refusals.flatMap(({ problem }) => problem ?? []),
        ...printDifferences(
          await compareReadings(before, after, {
            isNext: true,
          }),
          'the clone',
          'the clone after the refusals',
        ),
      ],
      change: changeBetween(before, after),
      notShown: findUnguarded(run),
      facts: {
        redirected: check.redirected,
        rollbackRedirected: check.rollbackRedirected,
        bare: check.bare,
        files: check.files.map((file) => ({ ...file })),
        refusals: refusals.map((refusal) => ({ ...refusal })),
      },
    }
  },
})

/** Files that would run in another database, and of which nobody declared that they may. */
function findUnguarded({ release, variant: { guards, rollbackGuards } }: Run): NotShown[] {
  const unguarded = [
    ...release.tiers
      .filter(({ id, guarded }) => guarded === undefined && !guards.some(({ tier }) => tier === id))
      .map(({ id }) => id),
    ...(release.rollback !== undefined && rollbackGuards.length === 0 ? ['the rollback'] : []),
  ]
  const reason = `no database-name guard in ${unguarded.join(', ')}: nothing shows that it refuses to run in another database`
  return unguarded.length === 0 ? [] : [{ what: 'guards', reason }]
}

/**
 * Canonical files that a guard must refuse; the script as a whole only where its first tier has one: no other is let
 * run.
 */
function listGuarded({
  release,
  variant: { guards, rollbackGuards },
}: Run): { file: string; guard: Guard }[] {
  const [first] = guards
  const files = [...guards, ...rollbackGuards].map((guard) => ({ file: guard.file, guard }))
  return first === undefined || first.tier !== release.tiers[0]?.id
    ? files
    : [...files, { file: release.script, guard: first }]
}

interface Refusal {
  readonly file: string
  readonly exitCode: number | null
  readonly sqlstate: string | null
  readonly message: string | null
  /** Why the guard did not refuse it; null if it did. */
  readonly problem: string | null
}

/** Runs a canonical file on the clone, where the guard must refuse it, and nothing else. */
async function tryCanonical(run: Run, stepped: Clone, file: string, guard: Guard): Promise<Refusal> {
  const directory = join(run.root, run.config.release.directory)
  const result = await runOnClone(run, stepped, { directory, file })
  const { exitCode, error } = result
  return {
    file,
    exitCode,
    sqlstate: error?.sqlstate ?? null,
    message: error?.message ?? null,
    problem: describeRefusal(run, file, guard, result),
  }
}

function describeRefusal(run: Run, file: string, guard: Guard, result: ScriptResult): string | null {
  if (result.exitCode !== scriptErrorExit) {
    return `the canonical ${file} was not refused on the clone: ${describeFailure(result) ?? 'psql exit 0'}`
  }
  const { error } = result
  const line = statementEndLine(Buffer.from(run.release.bytes.get(guard.file)!).toString(), guard.offset)
  if (error?.file === guard.file && error.line === line) return null
  return (
    `the canonical ${file} was refused on the clone, but not by the guard at ${guard.file}:${guard.line}: ` +
    (error === null ? `psql exit ${result.exitCode}` : describePsqlError(error))
  )
}
