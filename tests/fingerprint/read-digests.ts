import { readContents } from '../../harness/fingerprint/content/contents.ts'
import { readHorizon } from '../../harness/fingerprint/content/horizon.ts'
import { pinnedSettings } from '../../harness/postgres/pinned-settings.ts'
import { readDataRelations } from '../../harness/fingerprint/content/relations.ts'
import type { Session } from '../../harness/postgres/session.ts'

/** Digest of each relation's content as the session sees it. The session is in a transaction. */
export async function readDigests(session: Session): Promise<Record<string, string>> {
  await session.rows(pinnedSettings)
  const now = await readHorizon(session)
  const relations = await readDataRelations(session)
  const contents = await readContents(relations, { sessions: [Promise.resolve(session)], now })
  return Object.fromEntries([...contents].map(([identity, { digest }]) => [identity, digest]))
}

/** The same for what some statements make, in a transaction that is rolled back. */
export async function digestsOf(session: Session, statements: string): Promise<Record<string, string>> {
  await session.rows('BEGIN')
  try {
    await session.rows(statements)
    return await readDigests(session)
  } finally {
    await session.rows('ROLLBACK')
  }
}
