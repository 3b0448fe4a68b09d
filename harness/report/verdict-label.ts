import type { Evidence } from '../evidence/schema.ts'

/** The verdict as it is named everywhere, with what it says nothing about: `PASS (not shown: golden, rollback)`. */
export function formatVerdictLabel({ verdict, notShown }: Pick<Evidence, 'verdict' | 'notShown'>): string {
  const label = verdict.toUpperCase()
  return notShown.length === 0
    ? label
    : `${label} (not shown: ${notShown.map(({ what }) => what).join(', ')})`
}
