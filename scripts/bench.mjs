import { register } from 'node:module'

process.setSourceMapsEnabled(true)
// The project that is measured may be another directory than this package.
process.env.TS_NODE_PROJECT ??= new URL('../tsconfig.json', import.meta.url).pathname
register('ts-node/esm', import.meta.url)
const { main } = await import('./bench/main.ts')
process.exitCode = await main(process.argv)
