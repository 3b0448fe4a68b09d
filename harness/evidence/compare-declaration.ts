import { isDeepStrictEqual } from 'node:util'
import { identitiesByClass, mayBeCounted, type DeclaredEffect, type DeclaredRows } from './declared-effect.ts'
import type { Effect } from './schema.ts'

/** Every respect in which the effect is not the declared one, one sentence each; empty where it is. */
export function compareDeclaration(declared: DeclaredEffect, effect: Effect): string[] {
  const { tables, objects, sequences } = effect
  const altered = Object.fromEntries(objects.altered.map((one) => [`${one.class} ${one.identity}`, one]))
  const names = (wanted: object = {}, found: object) =>
    declared.partial === undefined
      ? [...new Set([...Object.keys(wanted), ...Object.keys(found)])].sort()
      : Object.keys(wanted)
  return [
    ...names(declared.rows, tables).flatMap((table) =>
      compareRows(table, declared.rows?.[table] ?? {}, tables[table]),
    ),
    ...(['created', 'dropped'] as const).flatMap((part) => {
      const found = identitiesByClass(objects[part])
      return names(declared[part], found).flatMap((kind) =>
        compareObjects(`${part} ${kind}`, declared[part]?.[kind] ?? 0, found[kind] ?? [], kind),
      )
    }),
    ...names(declared.altered, altered).flatMap((object) =>
      compareAltered(object, declared.altered?.[object], altered[object]?.attributes),
    ),
    ...names(declared.sequences, sequences).flatMap((name) => {
      const [wanted, found] = [declared.sequences?.[name] ?? 0, sequences[name]?.moved ?? 0]
      return wanted === found
        ? []
        : [`sequence ${name} gave out ${found} values, declared ${wanted}${positions(sequences[name])}`]
    }),
  ]
}

function compareRows(
  table: string,
  wanted: DeclaredRows,
  found: Effect['tables'][string] | undefined,
): string[] {
  const kinds = ['inserted', 'updated', 'deleted', 'rewritten'] as const
  const different = kinds.filter((kind) => (wanted[kind] ?? 0) !== (found?.[kind] ?? 0))
  const keys = found?.keys ?? []
  const sample = keys.length === 0 ? '' : ` (among them ${keys.join(', ')})`
  return different.map(
    (kind) => `rows ${kind} in ${table}: ${found?.[kind] ?? 0}, declared ${wanted[kind] ?? 0}${sample}`,
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
  attributes: Effect['objects']['altered'][number]['attributes'] | undefined,
): string[] {
  if (attributes === undefined) return [`altered ${object}: declared (${wanted!.join(', ')}), did not happen`]
  const found = Object.keys(attributes).sort()
  return [
    ...found
      .filter((name) => !wanted?.includes(name))
      .map((name) => {
        const { before, after } = attributes[name]!
        return `altered ${object}: ${name} was ${show(before)}, is ${show(after)}; not declared`
      }),
    ...(wanted ?? [])
      .filter((name) => !found.includes(name))
      .map((name) => `altered ${object}: ${name} declared, did not change`),
  ]
}

function positions(sequence: Effect['sequences'][string] | undefined): string {
  return sequence === undefined ? '' : ` (was at ${sequence.before}, is at ${sequence.after})`
}

function show(value: string | null): string {
  if (value === null) return 'nothing'
  return value.length > 200 ? `${JSON.stringify(value.slice(0, 200))}…` : JSON.stringify(value)
}
