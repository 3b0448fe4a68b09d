import { specsFor } from 'dress-rehearsal'
import rehearsal from '../rehearsal.config.ts'

/** The words of One-Roof's specs: its tiers and measures are types here, so that a misspelt one does not compile. */
export const { act, tier, sql } = specsFor(rehearsal)
