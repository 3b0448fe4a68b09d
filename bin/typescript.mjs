// Lets this process run the repository's scripts straight from their source; tsc checks the types.
import { fileURLToPath } from 'node:url'
import { readTypeScript } from '../harness/config/typescript/read-typescript.mjs'
import { compile } from './compile.mjs'

// A configuration imports the package, which is the compiled one.
compile()
readTypeScript(fileURLToPath(new URL('../node_modules/.cache/dress-rehearsal', import.meta.url)))
