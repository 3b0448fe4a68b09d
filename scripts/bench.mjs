import { register } from 'node:module'

process.setSourceMapsEnabled(true)
register('ts-node/esm', import.meta.url)
const { main } = await import('./bench/main.ts')
process.exitCode = await main(process.argv)
