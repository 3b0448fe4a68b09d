import { compareReadings } from '../comparison/compare-readings.ts'
import { printDifferences } from '../comparison/print-difference.ts'
import { defineAct } from './common/act.ts'
import { clone } from './clone.ts'
import { changeBetween, readClone } from './common/read-clone.ts'
import { runStatement } from './common/run-on-clone.ts'
import { noRollback } from './common/run-variant.ts'
import { noGate } from './gate.ts'
import { secondRollback } from './rollback.ts'

/** Revokes the simulated approval; the clone must then be as it was when it was created. */
export const gateRevoke = defineAct({
  id: 'gate-revoke',
  title: 'approval taken back',
  folder: 'rollback',
  section: 'second run and rollback',
  declaredBy: ({ gate, release }) => release.rollback && gate,
  notShown: ({ release }) => (release.rollback ? noGate : noRollback),
  needs: { clone, secondRollback },
  async perform(run, { clone: { clone: stepped } }, { revoke }) {
    const before = stepped.latest
    await runStatement(run, stepped, 'gate.revoke', revoke)
    const after = await readClone(run, stepped)
    return {
      status: 'performed' as const,
      problems: printDifferences(
        await compareReadings(stepped.entry.reading, after, {
          sequences: false,
        }),
        'the clone at entry',
        'the clone now',
      ),
      change: changeBetween(before, after),
      facts: { statement: revoke },
    }
  },
})
