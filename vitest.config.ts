import { defineConfig } from 'vitest/config'
import { rehearsalTests } from './harness/vitest/config.ts'

export default defineConfig({ test: rehearsalTests })
