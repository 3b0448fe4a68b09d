// Lets this process run the repository straight from its source; tsc checks the types.
import { fileURLToPath } from 'node:url'
import { readTypeScript } from '../harness/config/typescript/read-typescript.mjs'

readTypeScript(fileURLToPath(new URL('transpiler.cjs', import.meta.url)))
