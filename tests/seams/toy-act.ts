import { defineAct } from '../../harness/acts/common/act.ts'
import { clone } from '../../harness/acts/clone.ts'
import { openSession } from '../../harness/postgres/session.ts'

/** Counts the clone's tables: an act in one file, with what it needs and what it leaves. */
export const toyAct = defineAct({
  id: 'toy',
  title: 'the clone has tables',
  folder: 'toy',
  section: 'proofs',
  needs: { clone },
  async perform(_run, { clone: { clone: made } }) {
    await using session = await openSession(made.reader)
    const [row] = await session.rows(
      "SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'",
    )
    const tables = Number(row?.['tables'])
    return {
      status: 'performed' as const,
      gives: { tables },
      problems: tables > 0 ? [] : ['the clone has no table'],
      facts: { tables },
    }
  },
})
