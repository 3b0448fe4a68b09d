import '../bin/typescript.mjs'

const { main } = await import('./package/main.ts')
process.exitCode = main(process.argv[2])
