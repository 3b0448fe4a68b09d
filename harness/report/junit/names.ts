/** `specs/tiers/t2-loans.test.ts` → `specs.tiers.t2-loans`: CI servers show dots as packages. */
export function classNameOf(file: string): string {
  return file
    .replace(/(\.(test|spec))?\.[cm]?[jt]sx?$/, '')
    .replaceAll('.', '_')
    .replaceAll('/', '.')
}

/** Seconds with three decimals: the schema takes no more. */
export function formatSeconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}
