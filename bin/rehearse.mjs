#!/usr/bin/env node
// The command in the repository, straight from its source.
try {
  await import('./typescript.mjs')
} catch (error) {
  // Before the setup there is no ts-node, and how it was looked for tells nobody anything.
  console.error(error instanceof Error ? error.message.split('\n')[0] : error)
  console.error('hint: npm run setup')
  process.exit(2)
}
await import('../harness/cli/bin.ts')
