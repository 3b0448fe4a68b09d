import { compareTokens } from './compare-tokens.ts'
import { findGuards } from './guards.ts'
import { decodeScript } from './read-text.ts'
import { redirectGuards } from './redirect.ts'
import type { Release } from './release.ts'
import { sha256 } from './sha256.ts'
import type { Variant } from './redirected.ts'

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

/**
 * Shows that a variant is the release but for its guards, from the bytes alone: guards are found anew, undone, and every
 * token is compared. What does not hold is in `problems`.
 */
export function checkVariant(
  release: Release,
  variant: Pick<Variant, 'files' | 'from' | 'to'>,
): VariantCheck {
  const undone = redirectGuards(variant.files, variant.to, variant.from)
  const problems = [...variant.files.keys()]
    .filter((path) => !release.bytes.has(path))
    .map((path) => `${path}: not a file of the release`)
  const files: CheckedFile[] = []
  const redirected = { script: 0, tier: 0, rollback: 0 }
  let bare = 0
  for (const { path, role, sha256: canonicalSha256 } of release.files) {
    const bytes = variant.files.get(path)
    if (bytes === undefined) {
      problems.push(`${path}: missing from the variant`)
      continue
    }
    const canonical = decodeScript(path, release.bytes.get(path)!)
    const text = decodeScript(path, bytes)
    const undoneSha256 = sha256(undone.get(path)!)
    const comparison = compareTokens(
      { text: canonical, database: variant.from },
      { text, database: variant.to },
    )
    const bareHere = findGuards(text, variant.from)
    redirected[role] += findGuards(text, variant.to).length
    bare += bareHere.length
    files.push({
      path,
      canonicalSha256,
      variantSha256: sha256(bytes),
      undoneSha256,
      differingTokens: comparison.differing,
    })
    problems.push(
      ...comparison.problems.map((problem) => `${path}:${problem}`),
      ...bareHere.map((guard) => `${path}:${guard.line}: guard not redirected: ${guard.expression}`),
    )
    if (undoneSha256 !== canonicalSha256)
      problems.push(`${path}: undoing the deltas does not give the canonical bytes`)
  }
  return {
    redirected: redirected.tier + redirected.script,
    rollbackRedirected: redirected.rollback,
    bare,
    files,
    problems,
  }
}
