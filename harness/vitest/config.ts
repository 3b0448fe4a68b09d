import { relative, sep } from 'node:path'
import type { ViteUserConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { RehearsalError } from '../errors.ts'
import { orderSpecs } from './spec-order.ts'

/** Runs spec files in the order of the rehearsal, and only all together: the acts build on each other. */
class RehearsalSequencer extends BaseSequencer {
  override sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const root = this.ctx.config.root
    const byFile = new Map(
      specifications.map((one) => [relative(root, one.moduleId).split(sep).join('/'), one]),
    )
    return Promise.resolve(orderSpecs([...byFile.keys()]).map((file) => byFile.get(file)!))
  }

  override shard(): Promise<TestSpecification[]> {
    throw new RehearsalError(
      'OPTION_REFUSED',
      '--shard cannot be used: acts and tiers build on each other in one database',
    )
  }
}

/** Vitest's settings for a rehearsal; `test` of a project's vitest.config.ts. */
export const rehearsalTests: NonNullable<ViteUserConfig['test']> = {
  include: ['specs/**/*.spec.ts'],
  // One worker for all files, one file after the other: the databases are shared, and a start of a worker costs time.
  maxWorkers: 1,
  isolate: false,
  fileParallelism: false,
  sequence: { sequencer: RehearsalSequencer, shuffle: false, concurrent: false },
  retry: 0,
  passWithNoTests: false,
  allowOnly: false,
  // A test waits for its act, and an act may take as long as production is large.
  testTimeout: 0,
  hookTimeout: 0,
  includeTaskLocation: false,
}
