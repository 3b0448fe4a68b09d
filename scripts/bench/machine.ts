import { cpus, loadavg, release, totalmem, type } from 'node:os'
import type { Results } from './results.ts'

/** The machine as it stands; `postgres` is the version of the server that is measured. */
export function describeMachine(postgres: string): Omit<Results['machine'], 'loadAfter'> {
  const processors = cpus()
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    platform: `${type()} ${release()}`,
    node: process.versions.node,
    postgres,
    loadBefore: currentLoad(),
  }
}

/** Load average of the last minute. */
export function currentLoad(): number {
  return loadavg()[0]!
}
