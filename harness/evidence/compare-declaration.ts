import { isDeepStrictEqual } from 'node:util'
import { mayBeCounted, toDeclared, type DeclaredEffect, type DeclaredRows } from './declared-effect.ts'
import type { Effect } from './schema.ts'

/** Every respect in which the effect is not the declared one, one sentence each; empty where it is. */
export function compareDeclaration(declared: DeclaredEffect, effect: Effect): string[] {
  const measured = toDeclared(effect)
  const isPartial = declared.partial !== undefined
  const names = (wanted: object = {}, found: object) =>
    isPartial ? Object.keys(wanted) : [...new Set([...Object.keys(wanted), ...Object.keys(found)])].sort()
  return [
    ...names(declared.rows, measured.rows).flatMap((table) =>
      compareRows(table, declared.rows?.[table] ?? {}, measured.rows[table] ?? {}, effect),
    ),
    ...(['created', 'dropped'] as const).flatMap((part) =>
      names(declared[part], measured[part]).flatMap((kind) =>
        compareObjects(`${part} ${kind}`, declared[part]?.[kind] ?? 0, measured[part][kind] ?? [], kind),
      ),
    ),
    ...names(declared.altered, measured.altered).flatMap((object) =>
      compareAltered(object, declared.altered?.[object], measured.altered[object], effect),
    ),
    ...names(declared.sequences, measured.sequences).flatMap((name) => {
      const [wanted, found] = [declared.sequences?.[name] ?? 0, measured.sequences[name] ?? 0]
      return wanted === found
        ? []
        : [`sequence ${name} gave out ${found} values, declared ${wanted}${positions(effect, name)}`]
    }),
  ]
}

function compareRows(table: string, wanted: DeclaredRows, found: DeclaredRows, effect: Effect): string[] {
  const kinds = ['inserted', 'updated', 'deleted', 'rewritten'] as const
  const different = kinds.filter((kind) => (wanted[kind] ?? 0) !== (found[kind] ?? 0))
  const keys = effect.tables[table]?.keys ?? []
  const sample = keys.length === 0 ? '' : ` (among them ${keys.join(', ')})`
  return different.map(
    (kind) => `rows ${kind} in ${table}: ${found[kind] ?? 0}, declared ${wanted[kind] ?? 0}${sample}`,
  )
}

function compareObjects(
  what: string,
  wanted: number | readonly string[],
  found: readonly string[],
  kind: string,
): string[] {
  const names = found.length === 0 ? '' : ` (${found.join(', ')})`
  if (typeof wanted === 'number') {
    if (wanted !== found.length) return [`${what}: ${found.length}${names}, declared ${wanted}`]
    if (wanted === 0 || mayBeCounted(kind)) return []
    return [`${what}: a number does not say which${names}; declare them by name`]
  }
  if (isDeepStrictEqual(wanted.toSorted(), found.toSorted())) return []
  return [
    ...wanted
      .filter((name) => !found.includes(name))
      .map((name) => `${what} ${name}: declared, did not happen`),
    ...found
      .filter((name) => !wanted.includes(name))
      .map((name) => `${what} ${name}: happened, is not declared`),
  ]
}

function compareAltered(
  object: string,
  wanted: readonly string[] | undefined,
  found: readonly string[] | undefined,
  effect: Effect,
): string[] {
  if (isDeepStrictEqual(wanted?.toSorted(), found?.toSorted())) return []
  if (found === undefined) return [`altered ${object}: declared (${wanted!.join(', ')}), did not happen`]
  const altered = effect.objects.altered.find((one) => `${one.class} ${one.identity}` === object)
  const surplus = found.filter((name) => !wanted?.includes(name))
  return [
    ...surplus.map((name) => {
      const { before, after } = altered!.attributes[name]!
      return `altered ${object}: ${name} was ${show(before)}, is ${show(after)}; not declared`
    }),
    ...(wanted ?? [])
      .filter((name) => !found.includes(name))
      .map((name) => `altered ${object}: ${name} declared, did not change`),
  ]
}

function positions({ sequences }: Effect, name: string): string {
  const sequence = sequences[name]
  return sequence === undefined ? '' : ` (stood at ${sequence.before}, stands at ${sequence.after})`
}

function show(value: string | null): string {
  if (value === null) return 'nothing'
  return value.length > 200 ? `${JSON.stringify(value.slice(0, 200))}…` : JSON.stringify(value)
}
