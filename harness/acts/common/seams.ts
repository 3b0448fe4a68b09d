import type { RehearsalConfig } from '../../config/rehearsal.ts'
import { RehearsalError } from '../../errors.ts'
import type { Executor } from '../../executor/executor.ts'
import { psql } from '../../executor/psql.ts'
import { besideProduction } from '../../host/beside-production.ts'
import type { HostKind } from '../../host/host.ts'
import { local } from '../../host/local.ts'
import type { Layout } from '../../release/layout.ts'
import { script } from '../../release/layouts/script.ts'
import { scripts } from '../../source/scripts/scripts.ts'
import type { SourceKind } from '../../source/source.ts'

/** Every way to get production, place for clones, form of a release and program that applies it; the first that matches is taken. */
export interface Seams {
  readonly sources: readonly SourceKind[]
  readonly hosts: readonly HostKind[]
  readonly layouts: readonly Layout[]
  readonly executors: readonly Executor[]
}

export const seams: Seams = {
  sources: [scripts],
  hosts: [besideProduction, local],
  layouts: [script],
  executors: [psql],
}

/** The implementations of one rehearsal. */
export interface Chosen {
  readonly source: SourceKind
  readonly host: HostKind
  readonly layout: Layout
  readonly executor: Executor
}

/** Chooses by the configuration. Throws CONFIG_INVALID where nothing matches, or what matches does not go together. */
export function chooseSeams(config: RehearsalConfig, from: Seams = seams): Chosen {
  const chosen = {
    source: choose('production', 'source', from.sources, config),
    host: choose('clone', 'host', from.hosts, config),
    layout: choose('release', 'layout', from.layouts, config),
    executor: choose('release', 'executor', from.executors, config),
  }
  const { tiers } = config.release
  if (!chosen.executor.canStep && tiers.length > 1) {
    throw new RehearsalError(
      'CONFIG_INVALID',
      `release.tiers: there are ${tiers.length}, and ${chosen.executor.id} cannot be held between them`,
      { hint: 'declare the release as one tier' },
    )
  }
  return chosen
}

function choose<T extends { readonly id: string; matches(config: RehearsalConfig): boolean }>(
  key: string,
  what: string,
  from: readonly T[],
  config: RehearsalConfig,
): T {
  const found = from.find((one) => one.matches(config))
  if (found !== undefined) return found
  throw new RehearsalError('CONFIG_INVALID', `${key}: no ${what} fits what is declared`, {
    hint: `there are: ${from.map(({ id }) => id).join(', ')}; docs/writing-specs.md of dress-rehearsal says what each key means`,
  })
}
