import { relative, sep } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { RehearsalError } from '../errors.ts'
import { orderSpecs } from './spec-order.ts'

/** Runs spec files in the order of the rehearsal, and only all together: the acts build on each other. */
export class RehearsalSequencer extends BaseSequencer {
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
