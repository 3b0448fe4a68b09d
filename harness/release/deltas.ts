import type { Delta } from '../evidence/schema.ts'
import type { Variant } from './variant.ts'

/** The variant's deltas for the evidence: the tiers' guards, then the rollback's. */
export function toDeltas(_variant: Variant): Delta[] {
  throw new Error('to come')
}
