import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Variant } from './redirected.ts'

/** Writes the variant's files for psql into a directory, which is made where it does not exist. */
export async function writeVariant(variant: Pick<Variant, 'files'>, directory: string): Promise<void> {
  for (const [path, bytes] of variant.files) {
    const target = join(directory, path)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, bytes)
  }
}
