import '../bin/typescript.mjs'

const { main } = await import('./lint-sql/main.ts')
process.exitCode = await main('sql')
