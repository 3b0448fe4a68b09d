import type { Benchmark } from './benchmark.ts'
import { compare } from './benchmarks/compare.ts'
import { fingerprint } from './benchmarks/fingerprint.ts'
import { gatedPsql } from './benchmarks/gated-psql.ts'
import { tierEffect } from './benchmarks/tier-effect.ts'

import { rowDiff } from './benchmarks/row-diff.ts'
import { wholeRun } from './benchmarks/whole-run.ts'

/** All of them, in the order in which they are measured. */
export const benchmarks: readonly Benchmark[] = [
  fingerprint,
  compare,
  tierEffect,
  gatedPsql,
  wholeRun,
  rowDiff,
]
