import { resolve } from 'node:path'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { describeError, RehearsalError } from '../errors.ts'
import { tolerateClosedOutput } from '../process/closed-output.ts'
import { exitCodes } from './exit-codes.ts'
import { packageVersion, vitestVersion } from './package-version.ts'
import type { RunOptions } from './run.ts'
import { stackOf } from '../process/stack-of.ts'

/**
 * Runs the command line and returns the exit code: 0 PASS, 1 FAIL, 2 UNKNOWN (the verdict could not be determined).
 * Without a command it is `run`. A command is loaded when it is asked for: Vitest, which `run` needs, takes its time.
 */
export async function main([node = '', script = '', ...words]: readonly string[]): Promise<number> {
  const args = words.length === 0 ? ['run'] : words
  tolerateClosedOutput()
  forgetServers()
  let exitCode: number = exitCodes.unknown
  const program = new Command('rehearse')
    .description('Rehearses a PostgreSQL release on a fresh clone of production.')
    .version(packageVersion())
    .addHelpText('after', '\nWithout a command, `rehearse` is `rehearse run`.')
    .exitOverride()
  const runCommand = program
    .command('run')
    .description('rehearse the release, and check that it does exactly what it says')
    .argument(
      '[files...]',
      'spec files, or parts of their paths (default: all; a run of only some cannot pass)',
    )
    .option('-t, --testNamePattern <pattern>', 'run only tests whose name matches the regular expression')
    .addOption(
      new Option('--keep <when>', 'keep the clone, with its server running')
        .choices(['never', 'on-failure', 'always'])
        .default('never'),
    )
    .option('--output <folder>', 'folder for the reports', 'reports')
    .option('--no-color', 'disable colours (like NO_COLOR)')
    .addOption(refused('--shard <part>', 'acts and tiers build on each other in one database'))
    .addOption(refused('--retry <times>', 'a test that passes only when retried proves nothing'))
    .addHelpText('after', '\nExit codes: 0 PASS, 1 FAIL, 2 UNKNOWN (the verdict could not be determined).')
    .action(async (files: string[], options: Omit<RunOptions, 'files'>) => {
      vitestVersion()
      const { run } = await import('./run.ts')
      exitCode = await run({ ...options, files })
    })
  program
    .command('effect')
    .description('print a step’s effect as the last run measured it, to paste into its spec')
    .argument('[step]', 'an act or tier, such as T3 (default: all)')
    .option('--output <folder>', 'folder of the reports', 'reports')
    .action(async (step: string | undefined, options: { output: string }) => {
      const { printEffect } = await import('./effect.ts')
      exitCode = await printEffect(step, options)
    })
  program
    .command('clean')
    .description('remove what killed runs left behind, and kept clones')
    .option('--cache', 'also remove the prepared servers; the next run creates them again', false)
    .action(async (options: { cache: boolean }) => {
      const { clean } = await import('./clean.ts')
      exitCode = await clean(options)
    })
  try {
    await program.parseAsync([node, script, ...args])
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.pass
    if (args[0] === 'run' && isRefusal(error)) {
      // A run that was refused has no reports: those of an earlier run must not be taken for its own.
      const { removeReports } = await import('./reports.ts')
      await removeReports(resolve(runCommand.opts<RunOptions>().output))
    }
    if (!(error instanceof CommanderError)) process.stderr.write(`${stackOf(error)}${describeError(error)}\n`)
    return exitCodes.unknown
  }
  return exitCode
}

/** A Vitest option that is not supported here; using it gives the reason. */
function refused(flags: string, reason: string): Option {
  return new Option(flags).hideHelp().argParser(() => {
    throw new InvalidArgumentError(`It cannot be used: ${reason}.`)
  })
}

/** Whether the run was refused before it looked at the folder of its reports, which may be another run's. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof CommanderError || (error instanceof RehearsalError && error.code === 'VITEST_MISSING')
  )
}

/** The caller's `PG…` variables are for servers of theirs; node-postgres would take them wherever we say nothing. */
function forgetServers(): void {
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('PG'))) delete process.env[name]
}
