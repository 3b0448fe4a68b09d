/** Whether others write to production while a release is rehearsed. */
export interface Activity {
  readonly state: 'quiet' | 'live'
  /** `observed`: from what changed between entry and the first tier. */
  readonly by: 'declared' | 'observed'
}

/** What production's state at exit shows. `doubt`: it has changed, and whether the rehearsal did it is unknown. */
export interface ActivityVerdict {
  readonly problems: readonly string[]
  readonly doubt: string | undefined
  /** What others changed on a live production, which is no fault. */
  readonly changed: readonly string[]
}

/** Tells what production is like, from what was declared and from what changed before the first tier. */
export function observeActivity(
  declared: Activity['state'] | undefined,
  changes: readonly string[],
): Activity & { readonly problems: readonly string[] } {
  if (declared === undefined)
    return { state: changes.length > 0 ? 'live' : 'quiet', by: 'observed', problems: [] }
  const problems = (declared === 'quiet' ? changes : []).map(
    (change) => `production is declared quiet, and changed before the release: ${change}`,
  )
  return { state: declared, by: 'declared', problems }
}

/**
 * Judges how production differs at exit from entry. A quiet one must not differ; where its quiet was only observed, who
 * broke it is not known. On a live one equality is not claimed.
 */
export function judgeActivity(
  activity: Activity | undefined,
  differences: readonly string[],
): ActivityVerdict {
  if (activity?.state === 'live') return { problems: [], doubt: undefined, changed: differences }
  if (activity?.by === 'declared' || differences.length === 0)
    return { problems: differences, doubt: undefined, changed: [] }
  return {
    problems: [],
    doubt: `production was quiet until the release, and has changed since; who changed it could not be determined: ${differences.join('; ')}`,
    changed: differences,
  }
}
