import { register } from 'node:module'

process.setSourceMapsEnabled(true)
register('ts-node/esm', import.meta.url)
const { check } = await import('./check/check.ts')
process.exitCode = await check()
