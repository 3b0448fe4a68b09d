import { rm } from 'node:fs/promises'
import { posix } from 'node:path'
import { join } from 'node:path'
import { streamClone, dumpToFile, restoreFromFile } from '../../../harness/restore/dump/dump-restore.ts'
import { quoteIdentifier } from '../../../harness/postgres/session.ts'
import { Hand } from './hand.ts'
import type { Prepared } from './hand.ts'
import type { Site } from '../site.ts'

export interface ByHand {
  readonly prepared: Prepared
  /** Whether whole databases are compared where the harness shows that two are equal. */
  readonly isCompared: boolean
  /** Tiers after which the release is stopped and rolled back. */
  readonly partialTiers: readonly string[]
}

const [scratch, entry] = ['golden_restored', 'clone_as_made']

/**
 * A rehearsal as people do it by hand: the bare commands, one after the other. Its comparisons are checksums of dumps;
 * what the harness measures behind each tier, and its controls, are left out.
 */
export async function rehearseByHand(
  site: Site,
  { prepared, isCompared, partialTiers }: ByHand,
): Promise<void> {
  const { config, release, variant, installation, signal, runDirectory } = site.run
  const { production, golden, gate } = config
  const clone = config.clone.database
  await using hand = new Hand(site)
  const compare = async (...databases: string[]): Promise<void> => {
    for (const database of isCompared ? databases : []) await hand.checksum(database)
  }

  await hand.startSource(prepared)
  await compare(production.database, golden!.database)
  await hand.startClone()

  const dump = join(runDirectory, 'hand.dump')
  await dumpToFile(installation, hand.connection(golden!.database), dump, signal)
  await hand.createDatabase(scratch)
  await hand.asSuperuser(() => restoreFromFile(installation, dump, hand.owner(scratch), signal))
  await compare(scratch)
  await hand.statement('postgres', `DROP DATABASE ${quoteIdentifier(scratch)}`)

  await hand.createDatabase(clone)
  await hand.asSuperuser(() =>
    streamClone({
      installation,
      source: hand.connection(production.database),
      target: hand.owner(clone),
      signal,
    }),
  )
  await hand.statement(clone, 'ANALYZE')
  await hand.copy(clone, entry)
  await compare(clone)

  const guarded = [...variant.guards, ...variant.rollbackGuards].map(({ file }) => file)
  for (const file of [...guarded, release.script]) await hand.refused(release.directory, file)
  await compare(clone)
  await hand.text(gate!.apply)
  await compare(clone)
  await hand.release()
  await compare(clone)
  await hand.refused(site.variantDirectory, release.script)
  await compare(clone)
  for (let time = 1; time <= 2; time += 1) {
    await hand.rollback()
    await compare(clone)
  }
  await hand.text(gate!.revoke)
  await compare(clone)

  for (const options of [undefined, '-c enable_seqscan=off -c enable_hashagg=off -c enable_hashjoin=off']) {
    await hand.remake(clone, entry)
    await hand.text(gate!.apply)
    await hand.release(options)
    await compare(clone)
  }
  await hand.rollback()
  await compare(clone)
  await hand.release()
  await compare(clone)

  await hand.remake(clone, entry)
  await hand.text(gate!.apply)
  await compare(clone)
  for (const last of partialTiers) {
    const index = config.release.tiers.findIndex(({ id }) => id === last)
    const files = config.release.tiers.slice(0, index + 1).map(({ file }) => file)
    const folder = posix.dirname(release.script)
    await hand.text(files.map((file) => `\\i ${posix.join(folder, file)}`).join('\n'), site.variantDirectory)
    await hand.rollback()
    await compare(clone)
  }
  await hand.dropClone()
  await compare(production.database, golden!.database)
  await rm(dump)
}
