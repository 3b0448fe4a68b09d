// Lets this process run TypeScript straight from its source, by ts-node; tsc checks the types.
import { register } from 'node:module'

// The project that is worked on may be another directory than this package.
process.env.TS_NODE_PROJECT ??= new URL('../tsconfig.json', import.meta.url).pathname
// It would leave a compiled copy of the compiler in the temporary directory, for each directory that it is called in.
process.env.DISABLE_V8_COMPILE_CACHE = '1'
process.setSourceMapsEnabled(true)
register('ts-node/esm', import.meta.url)
