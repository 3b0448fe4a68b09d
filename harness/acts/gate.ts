import type { NotShown } from '../evidence/schema.ts'
import { defineAct } from './common/act.ts'
import { clone } from './clone.ts'
import { changeBetween, readClone } from './common/read-clone.ts'
import { runStatement } from './common/run-on-clone.ts'

export const noGate: NotShown = {
  what: 'gate',
  reason: 'no gate is declared: nothing shows that the release waits for its approval',
}

/** Simulates the approval on the clone: the declared statement, once, as the role that ships the release. */
export const gate = defineAct({
  id: 'gate',
  title: (config) => config.gate?.title ?? 'gate',
  folder: 'variant',
  section: 'harness',
  declaredBy: (config) => config.gate,
  notShown: noGate,
  needsSpec: true,
  needs: { clone },
  after: ['variant'],
  async perform(run, { clone: { clone: stepped } }, { apply }) {
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
