#!/usr/bin/env node
// The command in the repository: as published, compiled from the sources as they are now.
let compiled
try {
  const { compile } = await import('./compile.mjs')
  compiled = compile()
} catch (error) {
  // Before the setup there is no compiler, and the stack of the search for it helps nobody.
  console.error(error instanceof Error ? error.message.split('\n')[0] : error)
  console.error('hint: npm run setup')
  process.exit(2)
}
await import(new URL('cli/bin.js', compiled).href)
