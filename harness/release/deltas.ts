import type { Delta } from '../evidence/schema.ts'
import { quote } from './guard-expression.ts'
import type { Guard, Variant } from './redirected.ts'

/** The variant's deltas for the evidence: the tiers' guards, then the rollback's. */
export function toDeltas(variant: Variant): Delta[] {
  const { to } = variant
  return [...variant.guards, ...variant.rollbackGuards].map((guard) => ({
    kind: guard.tier === null ? 'rollback-guard' : 'guard',
    title: `database guard of ${guard.tier ?? 'the rollback'} redirected`,
    file: guard.file,
    line: guard.line,
    canonical: guard.expression,
    variant: redirectExpression(guard, to),
  }))
}

function redirectExpression(guard: Guard, to: string): string {
  const start = guard.literalOffset - guard.offset
  return guard.expression.slice(0, start) + quote(to) + guard.expression.slice(start + guard.literal.length)
}
