#!/usr/bin/env node
import { register } from 'node:module'

// ts-node runs the command and the user's rehearsal.config.ts straight from TypeScript; tsc checks their types.
process.env.TS_NODE_PROJECT ??= new URL('../tsconfig.json', import.meta.url).pathname
// It would leave a compiled copy of the compiler in the temporary directory, for each directory that it is called in.
process.env.DISABLE_V8_COMPILE_CACHE = '1'
// Whoever ends the process before there is a verdict (a configuration that calls process.exit) has shown nothing.
let isTold = false
process.on('exit', (code) => {
  if (!isTold && code === 0) process.exitCode = 2
})
try {
  register('ts-node/esm', import.meta.url)
  process.setSourceMapsEnabled(true)
  const { main } = await import('../harness/cli/main.ts')
  process.exitCode = await main(process.argv)
  isTold = true
} catch (error) {
  // Before the setup there is no ts-node, and how it was looked for tells nobody anything.
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
  console.error(isMissing ? error.message.split('\n')[0] : error)
  console.error('hint: npm run setup')
  process.exitCode = 2
}
