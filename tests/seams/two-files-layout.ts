import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Layout } from '../../harness/release/layout.ts'

const script = 'apply.sql'

/** A release of two files, `up.sql` and `down.sql`, with no script: the one that psql runs is generated. */
export const twoFilesLayout: Layout = {
  id: 'two files',
  matches: ({ release }) => release.script === undefined,
  async read(root, { release: { directory: folder, tiers } }) {
    const directory = join(root, folder)
    const [up, down] = await Promise.all(
      ['up.sql', 'down.sql'].map((name) => readFile(join(directory, name))),
    )
    const texts = [
      { path: script, role: 'script', bytes: Buffer.from('\\set ON_ERROR_STOP on\n\\ir up.sql\n') },
      { path: 'up.sql', role: 'tier', bytes: up! },
      { path: 'down.sql', role: 'rollback', bytes: down! },
    ] as const
    return {
      directory,
      script,
      rollback: 'down.sql',
      tiers,
      files: texts.map(({ path, role, bytes }) => ({
        path,
        role,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      })),
      bytes: new Map(texts.map(({ path, bytes }) => [path, new Uint8Array(bytes)])),
      tierOf: new Map([['up.sql', tiers[0]!.id]]),
    }
  },
}
