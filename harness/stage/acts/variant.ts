import { join } from 'node:path'
import { scriptErrorExit } from '../../executor/require-success.ts'
import { runScript } from '../../executor/run-script.ts'
import { compareSnapshots, takeSnapshot } from '../../measure/snapshot.ts'
import { checkVariant } from '../../release/check-variant.ts'
import { writeVariant } from '../../release/write-variant.ts'
import { describeDifferences } from '../describe-differences.ts'
import { required, type Outcome, type World } from '../world.ts'

/**
 * Writes the variant, shows that it is the canonical release but for its guards, and that each guarded canonical
 * file, alone, is refused on the clone and changes nothing.
 */
export async function performVariant(world: World): Promise<Outcome> {
  const { config, release, variant, tell } = world
  const { session } = required(world.clone, 'clone')
  const before = required(world.latest, 'clone')
  await writeVariant(variant, variantDirectory(world))
  const check = checkVariant(release, variant)

  tell('running the canonical files, which their guards must refuse')
  const canonical = [
    ...config.release.tiers.filter(({ guarded }) => guarded).map(({ file }) => file),
    release.executor,
  ]
  const refusals: Refusal[] = []
  for (const file of canonical) refusals.push(await tryCanonical(world, file))
  const after = await takeSnapshot(session, config.measures, 'elsewhere')
  world.latest = after
  return {
    status: 'performed',
    problems: [
      ...check.problems,
      ...refusals
        .filter(({ exitCode }) => exitCode !== scriptErrorExit)
        .map(
          ({ file, exitCode }) => `the canonical ${file} was not refused on the clone: psql exit ${exitCode}`,
        ),
      ...describeDifferences('the clone', before, 'the clone after the refusals', after),
    ],
    change: compareSnapshots(before, after),
    facts: {
      redirected: check.redirected,
      rollbackRedirected: check.rollbackRedirected,
      bare: check.bare,
      files: check.files.map((file) => ({ ...file })),
      refusals: refusals.map((refusal) => ({ ...refusal })),
    },
  }
}

/** Where the variant's files stand during a run. */
export function variantDirectory(world: World): string {
  return join(world.runDirectory, 'variant')
}

interface Refusal {
  readonly file: string
  readonly exitCode: number | null
  readonly sqlstate: string | null
  readonly message: string | null
}

async function tryCanonical(world: World, file: string): Promise<Refusal> {
  const { exitCode, error } = await runScript({
    psql: join(world.installation.directory, 'psql'),
    directory: join(world.root, world.config.release.directory),
    file,
    connection: required(world.clone, 'clone').owner,
    signal: world.signal,
  })
  return { file, exitCode, sqlstate: error?.sqlstate ?? null, message: error?.message ?? null }
}
