import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Folders whose tests rehearse, or start whole programs: each takes as long as a hundred others. */
const long = /^(tests\/(rehearsal|one-roof|changes|proofs|docs|scripts|package)|scripts\/bench)\//

/** Starts what takes long first, so that no worker is left with it at the end; else as Vitest does, the largest file first. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => long.test(relative(this.ctx.config.root, moduleId))
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}
