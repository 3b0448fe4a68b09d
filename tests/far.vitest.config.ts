import { defineConfig } from 'vitest/config'
import harness from './vitest.config.ts'

/** What is slow by nature: containers, other versions of PostgreSQL and Node.js, other tools, long series. */
export default defineConfig({
  ...harness,
  test: {
    ...harness.test,
    include: ['{harness,scripts,tests}/**/*.far.test.ts'],
    exclude: ['node_modules/**'],
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    outputFile: { junit: 'reports/far-junit.xml' },
  },
})
