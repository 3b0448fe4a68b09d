import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { benchmarks } from './benchmarks.ts'

export interface BenchOptions {
  /** Ids of benchmarks, in the order in which they are measured. */
  readonly only: readonly string[]
  /** Of every benchmark; undefined for each one's own. */
  readonly rounds: number | undefined
  /** Where the results go. */
  readonly json: string
}

const mostRounds = 1000

/** Reads the command line. Throws CommanderError, also where the help was asked for, after it was printed. */
export function readOptions(argv: readonly string[]): BenchOptions {
  const ids = benchmarks.map(({ id }) => id)
  const command = new Command('bench')
    .description('Compares the harness with the same work done by hand, and prints ratios.')
    .option('--only <ids>', `some of: ${ids.join(', ')} (default: all)`, (text) => readIds(text, ids))
    .option('--rounds <count>', 'rounds of each benchmark (default: as many as each needs)', readRounds)
    .option('--json <file>', 'file for the results', 'reports/bench.json')
    .exitOverride()
    .addHelpText(
      'after',
      '\nREHEARSAL_SIZE=report measures at the size of the report. Exit codes: 0 measured, 2 not measured; a figure over its limit does not fail.',
    )
    .parse([...argv])
  const { only = ids, rounds, json } = command.opts<Partial<BenchOptions> & { json: string }>()
  return { only, rounds, json }
}

/** Whether it is no error: the help was asked for. */
export function isHelp(error: unknown): boolean {
  return error instanceof CommanderError && error.exitCode === 0
}

function readIds(text: string, ids: readonly string[]): string[] {
  const asked = text.split(',').map((id) => id.trim())
  const unknown = asked.filter((id) => !ids.includes(id))
  if (unknown.length > 0)
    throw new InvalidArgumentError(`There is no benchmark "${unknown[0]}"; there are: ${ids.join(', ')}.`)
  return ids.filter((id) => asked.includes(id))
}

function readRounds(text: string): number {
  const rounds = Number(text)
  if (/^\d+$/.test(text) && rounds >= 1 && rounds <= mostRounds) return rounds
  throw new InvalidArgumentError(`"${text}" is not a number of rounds from 1 to ${mostRounds}.`)
}
