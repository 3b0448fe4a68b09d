import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A fenced block: its language, the word behind it, and its text. */
export interface Fence {
  readonly language: string
  readonly label: string
  readonly text: string
}

export interface Page {
  /** Relative to the repository. */
  readonly path: string
  readonly text: string
}

/** README.md and everything under docs/. */
export async function readPages(repository: string): Promise<Page[]> {
  const names = (await readdir(join(repository, 'docs'))).filter((name) => name.endsWith('.md'))
  const paths = ['README.md', 'reports/README.md', ...names.map((name) => `docs/${name}`)]
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(repository, path), 'utf8') })),
  )
}

function readFences({ text }: Page): Fence[] {
  return [...text.matchAll(/^```(\w+)(?: (\w+))?\n(.*?)^```$/gms)].map(([, language, label, body]) => ({
    language: language!,
    label: label ?? '',
    text: body!,
  }))
}

/** The one block with this label. */
export function fenceOf(page: Page, label: string): string {
  const [fence, ...others] = readFences(page).filter((candidate) => candidate.label === label)
  if (fence === undefined || others.length > 0)
    throw new Error(`${page.path} has not one block called ${label}`)
  return fence.text
}

/** Every command that a page names, in a block or in backticks. */
export function readCommands(page: Page): string[] {
  const inline = [...page.text.matchAll(/`((?:npm|npx) [^`]+)`/g)].map(([, command]) => command!)
  const blocks = readFences(page)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.trim().split('\n'))
  return [...new Set([...inline, ...blocks].flatMap((line) => line.split(' && ')))]
}
