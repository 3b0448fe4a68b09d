import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './support/longest-first.ts'

/** The harness's own tests: unit tests beside their source, integration tests under `tests/`. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['harness/**/*.test.ts', 'tests/**/*.test.ts', 'scripts/**/*.test.{ts,mts}'],
    exclude: ['node_modules/**', '**/*.far.test.ts'],
    globalSetup: ['tests/support/cache.ts'],
    // A test may rehearse a release, or several.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // A rehearsal keeps about one core busy.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    retry: 0,
    allowOnly: false,
    passWithNoTests: false,
    expect: { requireAssertions: true },
    outputFile: { junit: 'reports/harness-junit.xml' },
  },
})
