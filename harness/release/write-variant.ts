import type { Variant } from './variant.ts'

/** Writes the variant's files for psql into a directory, which is made where it does not exist. */
export async function writeVariant(_variant: Variant, _directory: string): Promise<void> {
  throw new Error('to come')
}
