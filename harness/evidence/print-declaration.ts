import { toDeclared } from './declared-effect.ts'
import type { Effect } from './schema.ts'

/** The effect as a spec declares it: the argument of `toBeExactly`, to be pasted. */
export function printDeclaration(effect: Effect): string {
  const { rows, created, dropped, altered, sequences } = toDeclared(effect)
  const parts = [
    printPart('rows', rows, (counts) => `{ ${printPairs(counts as Record<string, number>, String)} }`),
    printPart('created', created, printNames),
    printPart('dropped', dropped, printNames),
    printPart('altered', altered, printNames),
    printPart('sequences', sequences, String),
  ].filter((part) => part !== '')
  return parts.length === 0 ? '{}' : `{\n${parts.map((part) => `  ${part},\n`).join('')}}`
}

function printNames(names: number | readonly string[]): string {
  return typeof names === 'number' ? String(names) : `[${names.map(quote).join(', ')}]`
}

function printPart<T>(
  part: string,
  entries: Readonly<Record<string, T>> = {},
  print: (value: T) => string,
): string {
  if (Object.keys(entries).length === 0) return ''
  return `${part}: { ${printPairs(entries, print)} }`
}

function printPairs<T>(entries: Readonly<Record<string, T>>, print: (value: T) => string): string {
  return Object.entries(entries)
    .map(([name, value]) => `${/^[A-Za-z_]\w*$/.test(name) ? name : quote(name)}: ${print(value)}`)
    .join(', ')
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
