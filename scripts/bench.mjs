import '../bin/typescript.mjs'

const { main } = await import('./bench/main.ts')
process.exitCode = await main(process.argv)
