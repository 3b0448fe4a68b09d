/** Verdict → exit code of the command. */
export const exitCodes = { pass: 0, fail: 1, unknown: 2 } as const
