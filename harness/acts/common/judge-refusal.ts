import { describeFailure, scriptErrorExit } from '../../executor/require-success.ts'
import type { ScriptResult } from '../../executor/run-script.ts'
import type { Reading } from '../../measure/reading.ts'
import { describeDifferences } from '../../comparison/describe-differences.ts'

/** A second run must be refused by the release itself, and change nothing; one sentence for each thing that is amiss. */
export async function judgeRefusal(result: ScriptResult, before: Reading, after: Reading): Promise<string[]> {
  return [
    ...(result.exitCode === scriptErrorExit
      ? []
      : [`the second run was not refused: ${describeFailure(result) ?? 'psql exit 0'}`]),
    ...(await describeDifferences('the clone', before, 'the clone after the second run', after, {
      isNext: true,
    })),
  ]
}
