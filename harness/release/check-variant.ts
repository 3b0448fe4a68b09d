import type { Release } from './release.ts'
import type { Variant } from './variant.ts'

/** What was shown about a variant. Sound where `problems` is empty. */
export interface VariantCheck {
  /** Guards found anew in the variant, redirected; in the rollback apart. */
  readonly redirected: number
  readonly rollbackRedirected: number
  /** Guards that still name the canonical database. */
  readonly bare: number
  readonly files: readonly CheckedFile[]
  readonly problems: readonly string[]
}

export interface CheckedFile {
  readonly path: string
  readonly canonicalSha256: string
  readonly variantSha256: string
  /** Of the variant with its deltas undone. */
  readonly undoneSha256: string
  /** Tokens that differ, all of them literals of guards in a sound variant. */
  readonly differingTokens: number
}

export function checkVariant(_release: Release, _variant: Variant): VariantCheck {
  throw new Error('to come')
}
