import '../bin/typescript.mjs'

const { check } = await import('./check/check.ts')
process.exitCode = await check()
