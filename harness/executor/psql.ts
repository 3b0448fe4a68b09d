import type { Executor } from './executor.ts'
import { runScript } from './run-script.ts'
import { startSteppedRun } from './stepped-run.ts'

/** psql over the release's script, waiting at a breakpoint after each tier. */
export const psql: Executor = {
  id: 'psql',
  canStep: true,
  matches: () => true,
  start: ({ script, tiers }, on) => startSteppedRun({ ...on, script, tiers }),
  run: ({ script }, { connection, ...on }, options) =>
    runScript({
      ...on,
      file: script,
      connection: options === undefined ? connection : { ...connection, options },
    }),
  rollBack: ({ rollback }, on) => runScript({ ...on, file: rollback! }),
}
