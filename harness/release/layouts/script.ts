import { join } from 'node:path'
import type { Layout } from '../layout.ts'
import { readRelease } from '../release.ts'

/** A script for psql that includes each tier on a line of its own, and a rollback script beside it. */
export const script: Layout = {
  id: 'script',
  matches: ({ release }) => release.script !== undefined,
  read: (root, { release }) =>
    readRelease({
      directory: join(root, release.directory),
      script: release.script!,
      rollback: release.rollback?.file,
      tiers: release.tiers,
    }),
}
