#!/usr/bin/env node
// The command of the package; in the repository bin/rehearse.mjs starts it.

// Code that ends the process before there is a verdict (a configuration that calls process.exit) must not look like a
// pass.
let hasVerdict = false
process.on('exit', (code) => {
  if (hasVerdict || code === 2) return
  process.exitCode = 2
  console.error(
    'the process ended before there was a verdict\nhint: remove the process.exit, or the wait that never ends, from rehearsal.config.ts or the spec',
  )
})

void start()

/** No top-level await: if it never settled, Node would print its line. */
async function start(): Promise<void> {
  try {
    const { main } = await import('./main.ts')
    process.exitCode = await main(process.argv)
  } catch (error) {
    // `main` reports its errors itself. A package is missing; the stack of its resolution would not help.
    console.error(error instanceof Error ? error.message.split('\n')[0] : error)
    console.error('hint: reinstall the dependencies, for example: npm ci')
    process.exitCode = 2
  }
  hasVerdict = true
}
