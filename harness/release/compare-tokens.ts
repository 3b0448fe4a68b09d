import { tokeniseDeeply } from './deep-tokens.ts'
import { findGuards } from './guards.ts'
import { positionAt } from './position.ts'

interface Side {
  readonly text: string
  /** The database that this side's guards name. */
  readonly database: string
}

/** Compares two scripts token by token; a difference is allowed only where both sides have the literal of a guard. */
export function compareTokens(canonical: Side, variant: Side): { differing: number; problems: string[] } {
  const before = tokeniseDeeply(canonical.text)
  const after = tokeniseDeeply(variant.text)
  const literalsBefore = literalOffsets(canonical)
  const literalsAfter = literalOffsets(variant)
  const problems: string[] = []
  let differing = 0
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    const one = before[index]
    const other = after[index]
    const isLiteral =
      one !== undefined &&
      other !== undefined &&
      literalsBefore.has(one.offset) &&
      literalsAfter.has(other.offset)
    if (one?.text === other?.text && one?.kind === other?.kind) continue
    differing++
    if (isLiteral) continue
    const { line } = positionAt(canonical.text, one?.offset ?? canonical.text.length)
    problems.push(`${line}: ${show(one?.text)} became ${show(other?.text)}`)
    if (one?.kind !== other?.kind) break
  }
  return { differing, problems }
}

function literalOffsets(side: Side): Set<number> {
  return new Set(findGuards(side.text, side.database).map((guard) => guard.literalOffset))
}

function show(text: string | undefined): string {
  return text === undefined ? 'nothing' : JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
