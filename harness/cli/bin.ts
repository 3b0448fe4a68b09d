#!/usr/bin/env node
// The command of the package; in the repository bin/rehearse.mjs starts it.

// Whoever ends the process before there is a verdict (a configuration that calls process.exit) has shown nothing.
let isTold = false
process.on('exit', (code) => {
  if (isTold || code === 2) return
  process.exitCode = 2
  console.error(
    'the process ended before there was a verdict\nhint: remove the process.exit, or the wait that never ends, from rehearsal.config.ts or the spec',
  )
})

void start()

/** No await at the top: where it never ended, Node would show the line of it. */
async function start(): Promise<void> {
  try {
    const { main } = await import('./main.ts')
    process.exitCode = await main(process.argv)
  } catch (error) {
    // `main` reports its errors itself. A package is missing, and the stack of the search for it helps nobody.
    console.error(error instanceof Error ? error.message.split('\n')[0] : error)
    console.error('hint: reinstall the dependencies, for example: npm ci')
    process.exitCode = 2
  }
  isTold = true
}
