#!/usr/bin/env node
// Whoever ends the process before there is a verdict (a configuration that calls process.exit) has shown nothing.
let isTold = false
process.on('exit', (code) => {
  if (!isTold && code === 0) process.exitCode = 2
})
try {
  await import('./typescript.mjs')
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
