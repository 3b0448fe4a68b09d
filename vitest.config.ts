import { defineConfig } from 'vitest/config'
import { rehearsalTests } from 'dress-rehearsal/vitest'

export default defineConfig({ test: rehearsalTests })
