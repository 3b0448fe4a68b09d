import { describeFailure, scriptErrorExit } from '../../executor/require-success.ts'
import type { ScriptResult } from '../../executor/run-script.ts'
import type { Reading } from '../../measure/reading.ts'
import { compareReadings } from '../../comparison/compare-readings.ts'
import { printDifferences } from '../../comparison/print-difference.ts'

/** A second run must be refused by the release itself, and change nothing; one sentence for each fault. */
export async function judgeRefusal(result: ScriptResult, before: Reading, after: Reading): Promise<string[]> {
  return [
    ...(result.exitCode === scriptErrorExit && result.error !== null
      ? []
      : [`the second run was not refused: ${describeFailure(result) ?? 'psql exit 0'}`]),
    ...printDifferences(
      await compareReadings(before, after, { isNext: true }),
      'the clone',
      'the clone after the second run',
    ),
  ]
}
