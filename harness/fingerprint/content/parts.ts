import type { DataRelation } from './relations.ts'

/** Rows of a relation that lie next to each other. */
export interface Part {
  readonly relation: DataRelation
  /** How many blocks it has, about. */
  readonly blocks: number
  /** Holds for its rows, as SQL. */
  readonly condition: string
}

/** 16 MB, at the usual size of a block. */
const blocksAPart = 2048

/** Shares out a relation by where its rows lie: each row is of exactly one part, wherever the relation ends. */
export function partsOf(relation: DataRelation): Part[] {
  const { blocks } = relation
  const count = Math.max(1, Math.ceil(blocks / blocksAPart))
  return Array.from({ length: count }, (_, index) => {
    const [start, end] = [index * blocksAPart, (index + 1) * blocksAPart]
    const bounds = [
      index === 0 ? [] : `ctid >= '(${start},0)'`,
      // The last one goes on to the end, which may lie behind the size that was read.
      index === count - 1 ? [] : `ctid < '(${end},0)'`,
    ].flat()
    return {
      relation,
      blocks: Math.min(end, blocks) - start,
      condition: bounds.length === 0 ? 'true' : bounds.join(' AND '),
    }
  })
}
