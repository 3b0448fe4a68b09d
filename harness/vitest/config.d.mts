import type { ViteUserConfig } from 'vitest/config'

/** Vitest's settings for a rehearsal; `test` of a project's vitest.config.ts. */
export declare const rehearsalTests: NonNullable<ViteUserConfig['test']>
