/** Databases that the harness puts beside the clone, by what they are for. */
export const ownDatabases = {
  /** The clone as it was made; only our reader may connect to it. */
  entry: 'dress_rehearsal_entry',
  /** Where the clone that was stepped through waits while proofs run on others of its name. */
  stepped: 'dress_rehearsal_stepped',
  escapeAttempts: 'dress_rehearsal_escape_attempts',
  selfTest: 'dress_rehearsal_self_test',
  selfTestEntry: 'dress_rehearsal_self_test_entry',
  /** What golden's dump is restored to. */
  goldenRestored: 'dress_rehearsal_golden',
} as const
