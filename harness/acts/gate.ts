import { defineAct } from './common/act.ts'
import { clone } from './clone.ts'
import { changeBetween, readClone } from './common/read-clone.ts'
import { runStatement } from './common/run-on-clone.ts'

/** Simulates the approval on the clone: the declared statement, once, as the role that ships the release. */
export const gate = defineAct({
  id: 'gate',
  title: ({ gate: { title } }) => title,
  folder: 'variant',
  section: 'harness',
  needs: { clone },
  after: ['variant'],
  async perform(run, { clone: { clone: stepped } }) {
    const { apply } = run.config.gate
    const before = stepped.latest
    await runStatement(run, stepped, 'gate.apply', apply)
    const after = await readClone(run, stepped)
    return {
      status: 'performed' as const,
      gives: { reading: after },
      problems: after.contradictions,
      change: changeBetween(before, after),
      facts: { statement: apply },
    }
  },
})
